/* ICU on ten megabytes: u_shapeArabic and ubidi_setPara per paragraph, ubidi_setLine and reordering with mirroring per line. */
#include "text.h"
#include <unicode/ubidi.h>
#include <unicode/ushape.h>
#include <unicode/ustring.h>

static UChar *text, *shaped, *drawn;
static int32_t room;
static UBiDi *whole, *part;

static void check(UErrorCode error) {
    if (U_FAILURE(error)) {
        fprintf(stderr, "%s\n", u_errorName(error));
        exit(1);
    }
}

static void grow(int32_t length) {
    if (length <= room)
        return;
    room = length * 2;
    text = realloc(text, (size_t)room * sizeof *text);
    shaped = realloc(shaped, (size_t)room * sizeof *shaped);
    drawn = realloc(drawn, (size_t)room * sizeof *drawn);
    if (!text || !shaped || !drawn)
        exit(1);
}

static void paragraph(const char *bytes, size_t size) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t length;
    grow((int32_t)size + 1);
    u_strFromUTF8(text, room, &length, bytes, (int32_t)size, &error);
    check(error);
    length = u_shapeArabic(text, length, shaped, room, U_SHAPE_LETTERS_SHAPE | U_SHAPE_LENGTH_GROW_SHRINK, &error);
    check(error);
    ubidi_setPara(whole, shaped, length, UBIDI_RTL, NULL, &error);
    check(error);
    for (size_t start = 0, end; start < (size_t)length; start = end) {
        LINE_END(shaped, start, (size_t)length, IS_MARK, end);
        ubidi_setLine(whole, (int32_t)start, (int32_t)end, part, &error);
        ubidi_writeReordered(part, drawn, room, UBIDI_DO_MIRRORING | UBIDI_KEEP_BASE_COMBINING, &error);
        check(error);
    }
}

int main(int count, char **arguments) {
    if (count != 2)
        return 2;
    whole = ubidi_open();
    part = ubidi_open();
    measure("ICU", arguments[1], paragraph);
    return 0;
}
