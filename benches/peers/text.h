/* What the peers share: a file repeated up to ten megabytes, its paragraphs, lines of 80 columns, and thread CPU time. */
#ifndef TEXT_H
#define TEXT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SIZE (10 * 1000 * 1000)
#define ROUNDS 5
#define COLUMNS 80

/* The file's text, repeated until it is SIZE bytes long or a little more. */
static char *repeated(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    size_t once = (size_t)ftell(file);
    rewind(file);
    if (once == 0) {
        fprintf(stderr, "%s is empty\n", path);
        exit(1);
    }
    size_t times = (SIZE + once - 1) / once;
    char *text = malloc(once * times + 1);
    if (!text || fread(text, 1, once, file) != once) {
        perror(path);
        exit(1);
    }
    fclose(file);
    for (size_t i = 1; i < times; i++)
        memcpy(text + i * once, text, once);
    *length = once * times;
    text[*length] = 0;
    return text;
}

/* CPU seconds of this thread. */
static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Lays out every paragraph of the text ROUNDS times and prints the rate of the best round. */
static void measure(const char *name, const char *path, void (*paragraph)(const char *, size_t)) {
    size_t length;
    char *text = repeated(path, &length);
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double begun = now();
        for (char *start = text; start < text + length;) {
            char *end = memchr(start, '\n', (size_t)(text + length - start));
            if (!end)
                end = text + length;
            if (end > start)
                paragraph(start, (size_t)(end - start));
            start = end + 1;
        }
        double took = now() - begun;
        if (took < best)
            best = took;
    }
    printf("%s %.1f\n", name, (double)length / 1e6 / best);
    free(text);
}

/* Where the line from `start` ends: after the last space that lets it fit, or in a word as wide as the line. Marks take no
   column. `unit` finds the character at a place. */
#define LINE_END(text, start, length, is_mark, end)                                                                       \
    do {                                                                                                                  \
        size_t place = (start), columns = 0, space = 0;                                                                   \
        for (; place < (length); place++) {                                                                               \
            if ((text)[place] == ' ')                                                                                     \
                space = place + 1;                                                                                        \
            else if (!is_mark((text)[place]) && columns >= COLUMNS)                                                       \
                break;                                                                                                    \
            columns += !is_mark((text)[place]);                                                                           \
        }                                                                                                                 \
        (end) = place == (length) ? place : space > (start) ? space : place;                                              \
    } while (0)

#define IS_MARK(c) (((c) >= 0x64b && (c) <= 0x65f) || (c) == 0x670)

#endif
