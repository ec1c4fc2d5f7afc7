// The Glibc module leaves epoll out.
#ifndef ISITDOWN_CEPOLL_SHIM_H
#define ISITDOWN_CEPOLL_SHIM_H

#include <sys/epoll.h>

#endif
