// One pass of simdjson over a gateway payload: as much as it takes to see whom it concerns.
#ifndef ISITDOWN_CSIMDJSON_H
#define ISITDOWN_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser with its buffers. Used by one thread at a time.
typedef struct isitdown_scanner isitdown_scanner;

/// Readable bytes that must follow the document.
extern const size_t isitdown_scan_padding;

/// Most people whom a message can mention, with room to spare; 2000 characters hold 95 mentions.
enum { ISITDOWN_MENTIONS = 100 };

/// Bytes inside of the document, or inside of the scanner until its next scan. Null where there are none.
typedef struct {
    const uint8_t *start;
    size_t count;
} isitdown_bytes;

/// What of a MESSAGE_CREATE decides whether anybody wants to read it. Zero is no snowflake.
typedef struct {
    uint64_t id;
    uint64_t channel;
    uint64_t guild;
    uint64_t author;
    uint64_t webhook;
    /// -1 where it is absent.
    int64_t type;
    bool author_is_bot;
    bool author_is_system;
    /// It answers a message that was sent along.
    bool answers;
    /// A field is missing, or is not what Discord documents: only a full reading can tell.
    bool is_odd;
    /// Unescaped UTF-8.
    isitdown_bytes content;
    uint32_t mention_count;
    uint64_t mentions[ISITDOWN_MENTIONS];
} isitdown_message;

typedef struct {
    int64_t operation;
    /// -1 where there is none.
    int64_t sequence;
    /// The event's name, as it stands in the document.
    isitdown_bytes event;
    /// The `id` in `d` of an event other than MESSAGE_CREATE; zero for none.
    uint64_t subject;
    /// Whether `message` is filled in.
    bool is_message;
    /// The bytes that the document takes; more than one may stand behind each other.
    size_t length;
    isitdown_message message;
} isitdown_payload;

/// A scanner; null when there is no memory.
isitdown_scanner *isitdown_scanner_create(void);
void isitdown_scanner_destroy(isitdown_scanner *scanner);

/// Reads the first JSON document of `count` bytes, behind which `isitdown_scan_padding` more must be readable.
/// False when it is no JSON object with a whole number as `op`.
bool isitdown_scan(isitdown_scanner *scanner, const uint8_t *bytes, size_t count, isitdown_payload *payload);

/// The rest of a MESSAGE_CREATE, for one that somebody wants to read.
typedef struct {
    isitdown_bytes content;
    isitdown_bytes username;
    isitdown_bytes global_name;
    int64_t flags;
    bool mentions_everyone;
    /// The message that it answers; zero where there is none, or none that can be read.
    uint64_t referenced;
    uint64_t referenced_author;
    isitdown_bytes referenced_content;
} isitdown_details;

/// Reads the rest of a payload in which `isitdown_scan` has found a message that is not odd; what that scan has told of texts is gone
/// then. Asks for the same padding. False when it is not as Discord documents.
bool isitdown_read(isitdown_scanner *scanner, const uint8_t *bytes, size_t count, isitdown_details *details);

/// One of a message's mentions: the array does not import as one.
uint64_t isitdown_mention(const isitdown_message *message, uint32_t index);

/// Whether a message mentions somebody.
bool isitdown_mentions(const isitdown_message *message, uint64_t user);

#ifdef __cplusplus
}
#endif

#endif
