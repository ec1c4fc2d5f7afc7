#include "CSimdjson.h"

#include <cstddef>
#include <cstring>
#include <new>
#include <simdjson.h>
#include <string_view>

using namespace simdjson;

struct isitdown_scanner {
    ondemand::parser parser;
};

const size_t isitdown_scan_padding = SIMDJSON_PADDING;

extern "C" isitdown_scanner *isitdown_scanner_create(void) {
    return new (std::nothrow) isitdown_scanner();
}

extern "C" void isitdown_scanner_destroy(isitdown_scanner *scanner) {
    delete scanner;
}

namespace {

constexpr std::string_view message_create = "MESSAGE_CREATE";

bool is(isitdown_bytes name, std::string_view other) {
    return name.count == other.size() && std::memcmp(name.start, other.data(), name.count) == 0;
}

/// A decimal number in quotes, above zero. False where it is anything else.
bool snowflake(ondemand::raw_json_string text, uint64_t &value) {
    const char *digit = text.raw();
    value = 0;
    for (int count = 0; *digit >= '0' && *digit <= '9'; digit++, count++) {
        uint64_t next = value * 10 + uint64_t(*digit - '0');
        if (count >= 19 && next / 10 != value) return false;
        if (count >= 20) return false;
        value = next;
    }
    return value != 0 && *digit == '"';
}

/// The snowflake in a value; null leaves zero. False for anything else.
bool snowflake(ondemand::value value, uint64_t &result) {
    ondemand::raw_json_string text;
    if (value.get_raw_json_string().get(text) == SUCCESS) return snowflake(text, result);
    bool is_null = false;
    return value.is_null().get(is_null) == SUCCESS && is_null;
}

/// False for what is neither a boolean nor null.
bool flag(ondemand::value value, bool &result) {
    if (value.get_bool().get(result) == SUCCESS) return true;
    bool is_null = false;
    return value.is_null().get(is_null) == SUCCESS && is_null;
}

bool scan_author(ondemand::value value, isitdown_message &message) {
    ondemand::object author;
    if (value.get_object().get(author)) return false;
    for (auto field : author) {
        ondemand::raw_json_string key;
        ondemand::value inner;
        if (field.key().get(key) || field.value().get(inner)) return false;
        if (key == "id") {
            if (!snowflake(inner, message.author)) return false;
        } else if (key == "bot") {
            if (!flag(inner, message.author_is_bot)) return false;
        } else if (key == "system") {
            if (!flag(inner, message.author_is_system)) return false;
        }
    }
    return message.author != 0;
}

bool scan_mentions(ondemand::value value, isitdown_message &message) {
    ondemand::array people;
    if (value.get_array().get(people)) return false;
    for (auto element : people) {
        ondemand::object person;
        if (element.get_object().get(person)) return false;
        if (message.mention_count == ISITDOWN_MENTIONS) return false;
        ondemand::value id;
        uint64_t number = 0;
        if (person.find_field_unordered("id").get(id) || !snowflake(id, number)) return false;
        message.mentions[message.mention_count++] = number;
    }
    return true;
}

/// One field of a message. False when it is not what Discord documents.
bool scan_field(ondemand::raw_json_string key, ondemand::value value, isitdown_message &message) {
    // The first letter spares most fields the comparisons.
    switch (key.raw()[0]) {
    case 'i':
        return key == "id" ? snowflake(value, message.id) : true;
    case 'c': {
        if (key == "channel_id") return snowflake(value, message.channel);
        if (!(key == "content")) return true;
        std::string_view text;
        if (value.get_string().get(text)) return false;
        message.content = {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
        return true;
    }
    case 'g':
        return key == "guild_id" ? snowflake(value, message.guild) : true;
    case 'w':
        return key == "webhook_id" ? snowflake(value, message.webhook) : true;
    case 't':
        return key == "type" ? value.get_int64().get(message.type) == SUCCESS : true;
    case 'a':
        return key == "author" ? scan_author(value, message) : true;
    case 'm':
        return key == "mentions" ? scan_mentions(value, message) : true;
    case 'r': {
        if (!(key == "referenced_message")) return true;
        bool is_null = false;
        if (value.is_null().get(is_null)) return false;
        message.answers = !is_null;
        return true;
    }
    default:
        return true;
    }
}

/// Fills in the message. False when the JSON itself is broken.
bool scan_message(ondemand::object object, isitdown_message &message) {
    message.type = -1;
    for (auto field : object) {
        ondemand::raw_json_string key;
        ondemand::value value;
        if (field.key().get(key) || field.value().get(value)) return false;
        // What was begun inside of the value, the parser passes over by itself.
        if (!scan_field(key, value, message)) message.is_odd = true;
    }
    if (message.id == 0 || message.channel == 0 || message.author == 0) message.is_odd = true;
    return true;
}

/// The text in a value; null leaves it empty. False for anything else.
bool text(ondemand::value value, isitdown_bytes &result) {
    std::string_view found;
    if (value.get_string().get(found) == SUCCESS) {
        result = {reinterpret_cast<const uint8_t *>(found.data()), found.size()};
        return true;
    }
    bool is_null = false;
    return value.is_null().get(is_null) == SUCCESS && is_null;
}

bool read_author(ondemand::value value, isitdown_details &details) {
    ondemand::object author;
    if (value.get_object().get(author)) return false;
    for (auto field : author) {
        ondemand::raw_json_string key;
        ondemand::value inner;
        if (field.key().get(key) || field.value().get(inner)) return false;
        if (key == "username" && !text(inner, details.username)) return false;
        if (key == "global_name" && !text(inner, details.global_name)) return false;
    }
    return true;
}

bool read_referenced(ondemand::value value, isitdown_details &details) {
    bool is_null = false;
    if (value.is_null().get(is_null) == SUCCESS && is_null) return true;
    ondemand::object message;
    if (value.get_object().get(message)) return false;
    for (auto field : message) {
        ondemand::raw_json_string key;
        ondemand::value inner;
        if (field.key().get(key) || field.value().get(inner)) return false;
        if (key == "id" && !snowflake(inner, details.referenced)) return false;
        if (key == "content" && !text(inner, details.referenced_content)) return false;
        if (key == "author") {
            ondemand::value id;
            if (inner.find_field_unordered("id").get(id) || !snowflake(id, details.referenced_author)) return false;
        }
    }
    return details.referenced != 0 && details.referenced_author != 0;
}

bool read_message(ondemand::object object, isitdown_details &details) {
    for (auto field : object) {
        ondemand::raw_json_string key;
        ondemand::value value;
        if (field.key().get(key) || field.value().get(value)) return false;
        if (key == "content" && !text(value, details.content)) return false;
        if (key == "author" && !read_author(value, details)) return false;
        if (key == "flags" && value.get_int64().get(details.flags)) return false;
        if (key == "mention_everyone" && !flag(value, details.mentions_everyone)) return false;
        if (key == "referenced_message" && !read_referenced(value, details)) return false;
    }
    return true;
}

/// The `id` of an event's object, if it has one of its own.
uint64_t subject(ondemand::object object) {
    ondemand::value id;
    uint64_t number = 0;
    if (object.find_field_unordered("id").get(id) || !snowflake(id, number)) return 0;
    return number;
}

} // namespace

extern "C" bool isitdown_scan(
    isitdown_scanner *scanner, const uint8_t *bytes, size_t count, isitdown_payload *payload) {
    // Everything but the mentions, which their count governs.
    std::memset(payload, 0, offsetof(isitdown_payload, message) + offsetof(isitdown_message, mentions));
    payload->sequence = -1;
    auto begin = reinterpret_cast<const char *>(bytes);
    ondemand::document document;
    ondemand::object frame;
    if (scanner->parser.iterate(padded_string_view(begin, count, count + SIMDJSON_PADDING)).get(document)) return false;
    if (document.get_object().get(frame)) return false;

    bool has_operation = false;
    std::string_view data;
    for (auto field : frame) {
        ondemand::raw_json_string key;
        ondemand::value value;
        if (field.key().get(key) || field.value().get(value)) return false;
        if (key == "op") {
            has_operation = value.get_int64().get(payload->operation) == SUCCESS;
            if (!has_operation) return false;
        } else if (key == "s") {
            if (value.get_int64().get(payload->sequence)) payload->sequence = -1;
        } else if (key == "t") {
            ondemand::raw_json_string name;
            if (value.get_raw_json_string().get(name)) continue;
            auto start = reinterpret_cast<const uint8_t *>(name.raw());
            auto end = static_cast<const uint8_t *>(std::memchr(start, '"', size_t(bytes + count - start)));
            if (end == nullptr) return false;
            payload->event = {start, size_t(end - start)};
        } else if (key == "d") {
            // Discord names the event first, and then its object is read in the same pass.
            ondemand::object object;
            if (is(payload->event, message_create) && value.get_object().get(object) == SUCCESS) {
                payload->is_message = true;
                if (!scan_message(object, payload->message)) return false;
            } else if (to_json_string(value).get(data)) {
                return false;
            }
        }
    }
    if (!has_operation) return false;
    // Past the last token there is no location, and so no second document.
    const char *after = begin + count;
    if (document.current_location().get(after)) after = begin + count;
    // A broken document may leave the parser anywhere; a reader must come to an end.
    if (after <= begin || after > begin + count) return false;
    payload->length = size_t(after - begin);

    // Where `d` came first, its turn is now. What follows it in the document serves as padding.
    if (payload->operation == 0 && !payload->is_message && data.size() > 0 && data.front() == '{') {
        size_t room = size_t(begin + count - data.data()) + SIMDJSON_PADDING;
        bool is_message = is(payload->event, message_create);
        if (!is_message && !is(payload->event, "GUILD_CREATE")) return true;
        ondemand::object object;
        if (scanner->parser.iterate(padded_string_view(data.data(), data.size(), room)).get(document)) return false;
        if (document.get_object().get(object)) return false;
        payload->is_message = is_message;
        if (!is_message) payload->subject = subject(object);
        else return scan_message(object, payload->message);
    }
    return true;
}

extern "C" uint64_t isitdown_mention(const isitdown_message *message, uint32_t index) {
    return index < message->mention_count ? message->mentions[index] : 0;
}

extern "C" bool isitdown_mentions(const isitdown_message *message, uint64_t user) {
    for (uint32_t index = 0; index < message->mention_count; index++) {
        if (message->mentions[index] == user) return true;
    }
    return false;
}

extern "C" bool isitdown_read(isitdown_scanner *scanner, const uint8_t *bytes, size_t count, isitdown_details *details) {
    *details = isitdown_details();
    auto begin = reinterpret_cast<const char *>(bytes);
    ondemand::document document;
    ondemand::object message;
    if (scanner->parser.iterate(padded_string_view(begin, count, count + SIMDJSON_PADDING)).get(document)) return false;
    if (document.find_field_unordered("d").get_object().get(message)) return false;
    return read_message(message, *details);
}
