#ifndef ISITDOWN_CZSTD_SHIM_H
#define ISITDOWN_CZSTD_SHIM_H

#include <zstd.h>

#endif
