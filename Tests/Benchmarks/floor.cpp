// The least that a client in C++ can do with the libraries that the bot uses: receive, inflate, scan, count, answer the marker.
//
//     floor PORT none|zlib-stream|zstd-stream
//
// One thread, one libwebsockets loop, buffers that live as long as the program: no message costs an allocation. What is read of each
// event is what a bot needs to decide whether it is meant: number, id, channel, guild, author, mentions, type and the unescaped text.

#include <libwebsockets.h>
#include <simdjson.h>
#include <zlib.h>
#include <zstd.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

using namespace simdjson;

static int port;
static const char *compression;
static char path[256];
static lws *socketOfGateway;

/// Pieces of a websocket message until it is whole, and what was inflated from it; both with the room that simdjson reads beyond.
static std::vector<char> message(1 << 20), inflated(1 << 20);
static size_t messageSize;
static z_stream inflater;
static ZSTD_DCtx *zstd;
static ondemand::parser parser;

static uint64_t bot, sequence, events, contentBytes, mentions;
static char outgoing[LWS_PRE + 1024];
static size_t outgoingSize;

static int rest = -1;

static uint64_t number(std::string_view digits) {
    uint64_t value = 0;
    for (char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

static void send(const char *text) {
    outgoingSize = strlen(text);
    memcpy(outgoing + LWS_PRE, text, outgoingSize);
    lws_callback_on_writable(socketOfGateway);
}

static void heartbeat() {
    char text[64];
    snprintf(text, sizeof text, "{\"op\":1,\"d\":%llu}", (unsigned long long)sequence);
    send(text);
}

/// Posts on a connection that stays open, and waits for the answer.
static void answer(uint64_t channel) {
    char body[256], request[1024], response[4096];
    int size = snprintf(body, sizeof body, "{\"content\":\"events=%llu content_bytes=%llu\"}", (unsigned long long)events, (unsigned long long)contentBytes);
    int count = snprintf(request, sizeof request,
                         "POST /api/v10/channels/%llu/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bot x\r\n"
                         "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                         (unsigned long long)channel, size, body);
    if (write(rest, request, count) != count || read(rest, response, sizeof response) <= 0) perror("rest"), exit(1);
    events = contentBytes = 0;
}

static void connectREST() {
    rest = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(port), address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int yes = 1;
    setsockopt(rest, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(rest, (sockaddr *)&address, sizeof address)) perror("connect"), exit(1);
}

static uint64_t snowflake(ondemand::value value) {
    std::string_view digits;
    return value.get_string().get(digits) ? 0 : number(digits);
}

static void messageCreated(ondemand::object data) {
    uint64_t id = 0, channel = 0, guild = 0, author = 0, kind = 0;
    bool isForUs = false, isBot = false;
    std::string_view content;
    for (auto field : data) {
        ondemand::raw_json_string key;
        ondemand::value value;
        if (field.key().get(key) || field.value().get(value)) exit(2);
        if (key.unsafe_is_equal("id")) id = snowflake(value);
        else if (key.unsafe_is_equal("channel_id")) channel = snowflake(value);
        else if (key.unsafe_is_equal("guild_id")) guild = snowflake(value);
        else if (key.unsafe_is_equal("content")) { if (value.get_string().get(content)) exit(2); }
        else if (key.unsafe_is_equal("type")) kind = value.get_uint64().value();
        else if (key.unsafe_is_equal("author")) {
            ondemand::object person = value.get_object();
            for (auto part : person) {
                ondemand::raw_json_string name;
                if (part.key().get(name)) exit(2);
                if (name.unsafe_is_equal("id")) author = snowflake(part.value());
                else if (name.unsafe_is_equal("bot")) isBot = part.value().get_bool();
            }
        } else if (key.unsafe_is_equal("mentions")) {
            for (auto person : value.get_array()) {
                mentions++;
                if (snowflake(person.find_field("id").value()) == bot) isForUs = true;
            }
        }
    }
    events++;
    contentBytes += content.size();
    if (isForUs && !isBot && kind == 0 && id && guild && author) {
        events--, contentBytes -= content.size();
        answer(channel);
    }
}

/// A payload with `SIMDJSON_PADDING` bytes of room behind it.
static void scan(const char *text, size_t size, size_t room) {
    ondemand::document document;
    if (parser.iterate(padded_string_view(text, size, room)).get(document)) exit(2);
    // In the order in which Discord writes them, so that nothing is scanned twice.
    std::string_view name;
    bool isNamed = document["t"].get_string().get(name) == SUCCESS;
    uint64_t number;
    if (document["s"].get_uint64().get(number) == SUCCESS) sequence = number;
    uint64_t operation = document["op"].get_uint64().value();
    if (operation == 0 && isNamed) {
        if (name == "MESSAGE_CREATE") messageCreated(document["d"].get_object());
        else if (name == "READY") bot = snowflake(document["d"]["user"]["id"]);
    } else if (operation == 10) {
        send("{\"op\":2,\"d\":{\"token\":\"x\",\"intents\":37377,\"properties\":{\"os\":\"linux\",\"browser\":\"floor\",\"device\":\"floor\"},\"shard\":[0,1]}}");
    } else if (operation == 1) {
        heartbeat();
    }
}

/// A whole websocket message is in `message`.
static void take() {
    if (message.size() < messageSize + SIMDJSON_PADDING) message.resize(messageSize * 2);
    if (compression[0] == 'n') return scan(message.data(), messageSize, message.size());
    size_t size = 0;
    if (compression[1] == 'l') {
        inflater.next_in = (Bytef *)message.data(), inflater.avail_in = messageSize;
        for (;;) {
            inflater.next_out = (Bytef *)inflated.data() + size, inflater.avail_out = inflated.size() - size - SIMDJSON_PADDING;
            size_t before = inflater.avail_out;
            int code = inflate(&inflater, Z_SYNC_FLUSH);
            if (code != Z_OK && code != Z_BUF_ERROR) exit(3);
            size += before - inflater.avail_out;
            if (inflater.avail_out > 0) break;
            inflated.resize(inflated.size() * 2);
        }
    } else {
        ZSTD_inBuffer in{message.data(), messageSize, 0};
        for (;;) {
            ZSTD_outBuffer out{inflated.data(), inflated.size() - SIMDJSON_PADDING, size};
            if (ZSTD_isError(ZSTD_decompressStream(zstd, &out, &in))) exit(3);
            size = out.pos;
            if (in.pos == in.size && out.pos < out.size) break;
            if (out.pos == out.size) inflated.resize(inflated.size() * 2);
        }
    }
    scan(inflated.data(), size, inflated.size());
}

static int callback(lws *socket, lws_callback_reasons reason, void *, void *in, size_t size) {
    switch (reason) {
    case LWS_CALLBACK_CLIENT_RECEIVE:
        if (message.size() < messageSize + size + SIMDJSON_PADDING) message.resize((messageSize + size) * 2);
        memcpy(message.data() + messageSize, in, size);
        messageSize += size;
        if (lws_remaining_packet_payload(socket) == 0 && lws_is_final_fragment(socket)) {
            take();
            messageSize = 0;
        }
        break;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        if (outgoingSize) {
            lws_write(socket, (unsigned char *)outgoing + LWS_PRE, outgoingSize, LWS_WRITE_TEXT);
            outgoingSize = 0;
        }
        break;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
    case LWS_CALLBACK_CLIENT_CLOSED:
        exit(0);
    default:
        break;
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count != 3) return fprintf(stderr, "usage: floor PORT none|zlib-stream|zstd-stream\n"), 64;
    port = atoi(arguments[1]), compression = arguments[2];
    bool isPlain = strcmp(compression, "none") == 0;
    snprintf(path, sizeof path, "/?v=10&encoding=json%s%s", isPlain ? "" : "&compress=", isPlain ? "" : compression);
    inflateInit(&inflater);
    zstd = ZSTD_createDCtx();
    connectREST();

    lws_set_log_level(LLL_ERR, nullptr);
    static const lws_protocols protocols[] = {{"discord", callback, 0, 65536, 0, nullptr, 0}, {nullptr, nullptr, 0, 0, 0, nullptr, 0}};
    lws_context_creation_info settings{};
    settings.port = CONTEXT_PORT_NO_LISTEN;
    settings.protocols = protocols;
    settings.pt_serv_buf_size = 65536;
    lws_context *context = lws_create_context(&settings);
    lws_client_connect_info request{};
    request.context = context, request.address = "127.0.0.1", request.port = port, request.path = path;
    request.host = request.origin = "127.0.0.1";
    request.local_protocol_name = "discord";
    socketOfGateway = lws_client_connect_via_info(&request);
    if (!socketOfGateway) return 1;
    while (lws_service(context, 0) >= 0) {}
}
