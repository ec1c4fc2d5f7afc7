#ifndef ISITDOWN_CLOADER_H
#define ISITDOWN_CLOADER_H

#include <malloc.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Calls `body` for each part of the program and its libraries that is as its file is, because nobody can write to it.
///
/// The loader's lock is held meanwhile: no library can go, and nothing else be mapped in its place. Swift cannot call the loader itself,
/// whose header shows this to GNU sources only, which Swift's own modules are not.
void isitdown_each_constant_segment(void (*body)(void *start, size_t count));

#ifdef __cplusplus
}
#endif

#endif
