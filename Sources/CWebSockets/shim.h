// What Swift cannot import from libwebsockets: macros that are not plain constants, and variadics.
#ifndef ISITDOWN_CWEBSOCKETS_SHIM_H
#define ISITDOWN_CWEBSOCKETS_SHIM_H

#include <libwebsockets.h>
#include <openssl/x509v3.h>

/// `LWS_PRE` is computed, so its value does not import.
static inline size_t isitdown_lws_pre(void) {
    return LWS_PRE;
}

#endif
