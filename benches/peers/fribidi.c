/* fribidi on ten megabytes: types, levels, joining and shaping per paragraph, reordering and mirroring per line. */
#include "text.h"
#include <fribidi.h>

static FriBidiChar *text;
static FriBidiCharType *types;
static FriBidiBracketType *brackets;
static FriBidiLevel *levels;
static FriBidiArabicProp *joining;
static size_t room;

static void grow(size_t length) {
    if (length <= room)
        return;
    room = length * 2;
    text = realloc(text, room * sizeof *text);
    types = realloc(types, room * sizeof *types);
    brackets = realloc(brackets, room * sizeof *brackets);
    levels = realloc(levels, room * sizeof *levels);
    joining = realloc(joining, room * sizeof *joining);
    if (!text || !types || !brackets || !levels || !joining)
        exit(1);
}

static void paragraph(const char *bytes, size_t size) {
    grow(size);
    FriBidiStrIndex length =
        fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, bytes, (FriBidiStrIndex)size, text);
    FriBidiParType base = FRIBIDI_PAR_RTL;
    fribidi_get_bidi_types(text, length, types);
    fribidi_get_bracket_types(text, length, types, brackets);
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, length, &base, levels))
        exit(1);
    fribidi_get_joining_types(text, length, joining);
    fribidi_join_arabic(types, length, levels, joining);
    fribidi_shape(FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES | FRIBIDI_FLAG_SHAPE_ARAB_LIGA, levels,
                  length, joining, text);
    for (size_t start = 0, end; start < (size_t)length; start = end) {
        LINE_END(text, start, (size_t)length, IS_MARK, end);
        if (!fribidi_reorder_line(FRIBIDI_FLAG_REORDER_NSM, types, (FriBidiStrIndex)(end - start),
                                  (FriBidiStrIndex)start, base, levels, text, NULL))
            exit(1);
    }
}

int main(int count, char **arguments) {
    if (count != 2)
        return 2;
    measure("fribidi", arguments[1], paragraph);
    return 0;
}
