#define _GNU_SOURCE
#include "loader.h"

#include <link.h>

// The program itself has an empty name; `linux-vdso.so.1` is the kernel's own, and no file.
static int is_file(const char *name) {
    return name && (name[0] == '\0' || name[0] == '/');
}

static int each_segment(struct dl_phdr_info *object, size_t size, void *context) {
    void (*body)(void *, size_t) = *(void (**)(void *, size_t))context;
    (void)size;
    if (!is_file(object->dlpi_name)) return 0;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        // Relocated data lies in segments that can be written, though they may be protected afterwards (RELRO).
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
        body((void *)(object->dlpi_addr + segment->p_vaddr), segment->p_filesz);
    }
    return 0;
}

void isitdown_each_constant_segment(void (*body)(void *start, size_t count)) {
    dl_iterate_phdr(each_segment, &body);
}
