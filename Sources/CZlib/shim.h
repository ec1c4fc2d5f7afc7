// zlib's initialisers are macros that add the header's version, which Swift cannot import.
#ifndef ISITDOWN_CZLIB_SHIM_H
#define ISITDOWN_CZLIB_SHIM_H

#include <zlib.h>

static inline int isitdown_inflate_init(z_stream *stream) {
    return inflateInit(stream);
}

static inline int isitdown_deflate_init(z_stream *stream, int level) {
    return deflateInit(stream, level);
}

#endif
