// `inflateInit` is a macro over the library's version, which Swift cannot import.
#ifndef ISITDOWN_CZLIB_SHIM_H
#define ISITDOWN_CZLIB_SHIM_H

#include <zlib.h>

static inline int isitdown_inflate_init(z_stream *stream) {
    return inflateInit(stream);
}

#endif
