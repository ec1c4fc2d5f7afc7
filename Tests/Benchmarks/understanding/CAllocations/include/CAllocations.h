#pragma once
#include <stdint.h>

/// How often this process has asked for memory since it began, by malloc, calloc, realloc or an aligned kind.
uint64_t isitdown_allocations(void);
