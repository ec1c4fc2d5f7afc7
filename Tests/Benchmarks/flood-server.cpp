// Discord as far as a benchmark needs it: enough REST to log in and to answer, a gateway, and floods of MESSAGE_CREATE.
//
//     flood-server CORPUS   orders by the line on standard input, what happened as JSON lines on standard output
//
// One thread, so that nothing but the kernel stands between a deadline and its write. A flood is framed and compressed before its clock
// starts: while a client is measured, this program only writes.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <signal.h>
#include <simdjson.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

using std::string;
using std::string_view;

static const char *const botID = "1100000000000000001";
/// The `d` of a guild's id; the shard it belongs to is (id >> 22) % shards, which `guildID` arranges.
static const uint64_t guildStem = 1100000000000000000ULL >> 28;

static uint64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

/// Processor time of all threads of a process, those that ended included, to the nanosecond.
static uint64_t processorTime(pid_t process) {
    clockid_t clock;
    timespec time;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
    return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static string format(const char *text, ...) {
    char buffer[8192];
    va_list arguments;
    va_start(arguments, text);
    int count = vsnprintf(buffer, sizeof buffer, text, arguments);
    va_end(arguments);
    return string(buffer, std::min<size_t>(count, sizeof buffer - 1));
}

static void tell(const string &line) {
    fputs(line.c_str(), stdout);
    fputc('\n', stdout);
    fflush(stdout);
}

static string jsonString(string_view text) {
    string result = "\"";
    for (unsigned char byte : text) {
        if (byte == '"' || byte == '\\') result += '\\', result += byte;
        else if (byte < 0x20) result += format("\\u%04x", byte);
        else result += byte;
    }
    return result + "\"";
}

// MARK: - Messages

/// A message's `d` with holes of nineteen digits: its own id (@), guild (^), channel (~) and author (%).
struct Template {
    string text;
    std::vector<size_t> ids, guilds, channels, authors;
    size_t contentLength = 0;

    explicit Template(string line) : text(std::move(line)) {
        for (auto [mark, places] : {std::pair{'@', &ids}, {'^', &guilds}, {'~', &channels}, {'%', &authors}}) {
            string hole(19, mark);
            for (size_t at = text.find(hole); at != string::npos; at = text.find(hole, at + 19)) places->push_back(at);
        }
    }

    void append(string &to, uint64_t id, uint64_t guild, uint64_t channel = 0, uint64_t author = 0) const {
        size_t start = to.size();
        to += text;
        auto fill = [&](const std::vector<size_t> &places, uint64_t number) {
            if (places.empty()) return;
            char digits[24];
            snprintf(digits, sizeof digits, "%019llu", (unsigned long long)number);
            for (size_t place : places) memcpy(&to[start + place], digits, 19);
        };
        fill(ids, id), fill(guilds, guild), fill(channels, channel), fill(authors, author);
    }
};

static std::unique_ptr<Template> question;
static std::vector<Template> chatter;

static void readCorpus(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) perror(path), exit(1);
    char *line = nullptr;
    size_t room = 0;
    simdjson::dom::parser parser;
    for (ssize_t count; (count = getline(&line, &room, file)) > 0;) {
        Template message(string(line, count - 1));
        message.contentLength = parser.parse(message.text)["content"].get_string_length().value();
        if (!question) question = std::make_unique<Template>(message);
        else chatter.push_back(std::move(message));
    }
    free(line);
    fclose(file);
    if (chatter.empty()) fprintf(stderr, "an empty corpus\n"), exit(1);
}

static uint64_t guildID(int shard, int shards) { return ((guildStem << 6) / shards * shards + shard) << 22; }

/// Rises with every message of this server's life, from the id of its start.
static uint64_t nextID = 0;
static size_t nextChatter = 0;
static uint64_t nextQuestion = 0;
static const uint64_t firstQuestionChannel = 1200000000000000000ULL;

// MARK: - Frames

enum class Compression { none, zlib, zstd };

/// Turns payloads into websocket messages; a connection's compression goes through all of them.
class Encoder {
public:
    explicit Encoder(Compression kind) : kind(kind) {
        if (kind == Compression::zlib) deflateInit(&deflater, 6);
        if (kind == Compression::zstd) {
            zstd = ZSTD_createCCtx();
            // Discord's window is 256 KiB.
            ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, 18);
            ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, 6);
        }
    }
    ~Encoder() {
        if (kind == Compression::zlib) deflateEnd(&deflater);
        ZSTD_freeCCtx(zstd);
    }
    Encoder(const Encoder &) = delete;

    void append(string &to, string_view payload) {
        if (kind == Compression::none) return frame(to, 1, payload);
        squeezed.resize(std::max<size_t>(squeezed.size(), payload.size() * 2 + 1024));
        size_t count = 0;
        if (kind == Compression::zlib) {
            deflater.next_in = (Bytef *)payload.data(), deflater.avail_in = payload.size();
            deflater.next_out = (Bytef *)squeezed.data(), deflater.avail_out = squeezed.size();
            deflate(&deflater, Z_SYNC_FLUSH);
            count = squeezed.size() - deflater.avail_out;
        } else {
            ZSTD_inBuffer in{payload.data(), payload.size(), 0};
            ZSTD_outBuffer out{squeezed.data(), squeezed.size(), 0};
            while (ZSTD_compressStream2(zstd, &out, &in, ZSTD_e_flush) != 0) {}
            count = out.pos;
        }
        frame(to, 2, string_view(squeezed).substr(0, count));
    }

    static void frame(string &to, int opcode, string_view payload) {
        to += char(0x80 | opcode);
        size_t size = payload.size();
        if (size < 126) {
            to += char(size);
        } else if (size < 65536) {
            to += char(126), to += char(size >> 8), to += char(size);
        } else {
            to += char(127);
            for (int shift = 56; shift >= 0; shift -= 8) to += char(size >> shift);
        }
        to += payload;
    }

private:
    Compression kind;
    z_stream deflater{};
    ZSTD_CCtx *zstd = nullptr;
    string squeezed;
};

// MARK: - Connections

struct Connection {
    int descriptor;
    string in, out;
    size_t sent = 0;

    // As a gateway's connection.
    bool isGateway = false, isReady = false;
    string compression = "none";
    std::unique_ptr<Encoder> encoder;
    int shard = 0, shards = 1;
    uint64_t sequence = 0;
    uint64_t heartbeat = 0;
    /// A flood and how much of it went out; other payloads wait meanwhile, because a compressed stream has one order.
    string flood;
    size_t flooded = 0;
    std::vector<string> waiting;

    uint64_t guild() const { return guildID(shard, shards); }
    bool isFlooding() const { return flooded < flood.size(); }
};

static int poller;
static int port;
static std::unordered_map<int, std::unique_ptr<Connection>> connections;

static void drop(Connection &connection) {
    if (connection.isGateway) tell(format("{\"event\":\"closed\",\"shard\":%d}", connection.shard));
    int descriptor = connection.descriptor;
    epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, nullptr);
    close(descriptor);
    connections.erase(descriptor);
}

static void wantWrite(Connection &connection, bool wanted) {
    epoll_event event{};
    event.events = EPOLLIN | (wanted ? (uint32_t)EPOLLOUT : 0);
    event.data.fd = connection.descriptor;
    epoll_ctl(poller, EPOLL_CTL_MOD, connection.descriptor, &event);
}

/// Writes what the socket takes; false when it is gone.
static bool push(Connection &connection) {
    for (;;) {
        bool ordinary = connection.sent < connection.out.size();
        if (!ordinary && !connection.isFlooding()) break;
        const string &from = ordinary ? connection.out : connection.flood;
        size_t &done = ordinary ? connection.sent : connection.flooded;
        ssize_t count = write(connection.descriptor, from.data() + done, std::min<size_t>(from.size() - done, 1 << 20));
        if (count < 0 && errno == EAGAIN) return wantWrite(connection, true), true;
        if (count < 0) return false;
        done += count;
    }
    connection.out.clear(), connection.sent = 0;
    if (!connection.flood.empty()) {
        string().swap(connection.flood), connection.flooded = 0;
        for (const string &payload : connection.waiting) connection.encoder->append(connection.out, payload);
        connection.waiting.clear();
        if (!connection.out.empty()) return push(connection);
    }
    wantWrite(connection, false);
    return true;
}

static void sendPayload(Connection &connection, const string &payload) {
    if (connection.isFlooding()) return connection.waiting.push_back(payload);
    connection.encoder->append(connection.out, payload);
    push(connection);
}

static string dispatch(Connection &connection, const char *name, string_view data) {
    string payload = format("{\"t\":\"%s\",\"s\":%llu,\"op\":0,\"d\":", name, (unsigned long long)++connection.sequence);
    payload += data;
    payload += '}';
    return payload;
}

static void appendChatter(Connection &connection, string &payload, size_t &contentLength) {
    const Template &message = chatter[nextChatter++ % chatter.size()];
    payload.clear();
    payload += "{\"t\":\"MESSAGE_CREATE\",\"s\":";
    payload += std::to_string(++connection.sequence);
    payload += ",\"op\":0,\"d\":";
    message.append(payload, nextID++, connection.guild());
    payload += '}';
    contentLength += message.contentLength;
}

/// A question of somebody new in a channel of its own, so that no limit per person or channel is what is measured.
static string ask(Connection &connection, uint64_t &channel) {
    channel = firstQuestionChannel + nextQuestion;
    uint64_t author = 1300000000000000000ULL + nextQuestion++;
    string data;
    question->append(data, nextID++, connection.guild(), channel, author);
    return dispatch(connection, "MESSAGE_CREATE", data);
}

// MARK: - What is measured

struct Flood {
    bool isOn = false;
    pid_t process = 0;
    uint64_t events = 0, payloadBytes = 0, wireBytes = 0, contentLength = 0;
    uint64_t began = 0, processor = 0, ended = 0, processorEnd = 0;
    std::map<uint64_t, string> answers;
    size_t expected = 0;
    bool awaitsHeartbeats = false;
    uint64_t giveUp = 0;
} flood;

struct Latency {
    bool isOn = false;
    size_t questions = 0, asked = 0;
    uint64_t questionEvery = 0, eventEvery = 0, nextQuestionAt = 0, nextEventAt = 0, events = 0, lag = 0;
    uint64_t began = 0, giveUp = 0;
    pid_t process = 0;
    uint64_t processor = 0;
    std::unordered_map<uint64_t, uint64_t> askedAt;
    std::vector<uint64_t> took;
} latency;

/// Single questions and what they wait for: `ask`.
static std::unordered_map<uint64_t, uint64_t> singles;
static uint64_t unexpected = 0;
static string firstUnexpected;

static std::vector<Connection *> gateways() {
    std::vector<Connection *> all;
    for (auto &[_, connection] : connections)
        if (connection->isReady) all.push_back(connection.get());
    std::sort(all.begin(), all.end(), [](auto a, auto b) { return a->shard < b->shard; });
    return all;
}

static void startFlood(uint64_t count, pid_t process) {
    auto all = gateways();
    if (all.empty()) return tell("{\"event\":\"error\",\"why\":\"nobody is connected\"}");
    flood = Flood();
    flood.events = count, flood.process = process, flood.expected = all.size();
    unexpected = 0, firstUnexpected.clear();
    string payload;
    std::vector<string> streams(all.size());
    for (uint64_t index = 0; index < count; index++) {
        Connection &connection = *all[index % all.size()];
        appendChatter(connection, payload, flood.contentLength);
        flood.payloadBytes += payload.size();
        connection.encoder->append(streams[index % all.size()], payload);
    }
    for (size_t index = 0; index < all.size(); index++) {
        uint64_t channel;
        flood.wireBytes += streams[index].size();
        all[index]->encoder->append(streams[index], ask(*all[index], channel));
        flood.answers[channel] = "";
    }
    flood.expected = all.size();
    flood.isOn = true;
    // Building takes a while, and the client may have had a thought of its own since the last order.
    flood.processor = processorTime(process);
    flood.began = now();
    flood.giveUp = flood.began + 600000000000ULL;
    for (size_t index = 0; index < all.size(); index++) {
        all[index]->flood = std::move(streams[index]);
        all[index]->flooded = 0;
        push(*all[index]);
    }
}

static void reportFlood() {
    flood.isOn = false;
    string answers, heartbeats;
    for (auto &[_, answer] : flood.answers) answers += (answers.empty() ? "" : ",") + jsonString(answer);
    bool inOrder = true;
    for (Connection *connection : gateways()) inOrder &= connection->heartbeat == connection->sequence;
    tell(format("{\"event\":\"flooded\",\"events\":%llu,\"payload_bytes\":%llu,\"wire_bytes\":%llu,\"content_bytes\":%llu,"
                "\"processor_ns\":%llu,\"wall_ns\":%llu,\"heartbeats_match\":%s,\"unexpected\":%llu,\"first_unexpected\":",
                (unsigned long long)flood.events, (unsigned long long)flood.payloadBytes, (unsigned long long)flood.wireBytes,
                (unsigned long long)flood.contentLength, (unsigned long long)(flood.processorEnd - flood.processor),
                (unsigned long long)(flood.ended - flood.began), inOrder ? "true" : "false", (unsigned long long)unexpected) +
         jsonString(firstUnexpected) + ",\"answers\":[" + answers + "]}");
}

/// After the answers: whether each connection's last heartbeat names the last event that it was sent.
static void askForHeartbeats() {
    flood.awaitsHeartbeats = true;
    flood.giveUp = now() + 3000000000ULL;
    for (Connection *connection : gateways()) {
        connection->heartbeat = 0;
        sendPayload(*connection, "{\"t\":null,\"s\":null,\"op\":1,\"d\":null}");
    }
}

static void answered(uint64_t channel, string_view content, uint64_t at) {
    if (flood.isOn && flood.answers.count(channel)) {
        if (flood.answers[channel].empty() && --flood.expected == 0) {
            flood.processorEnd = processorTime(flood.process);
            flood.ended = at;
            askForHeartbeats();
        }
        flood.answers[channel] = content.empty() ? "-" : string(content);
    } else if (auto asked = latency.askedAt.find(channel); asked != latency.askedAt.end()) {
        latency.took.push_back(at - asked->second);
        latency.askedAt.erase(asked);
    } else if (auto single = singles.find(channel); single != singles.end()) {
        tell(format("{\"event\":\"answered\",\"ns\":%llu,\"content\":", (unsigned long long)(at - single->second)) + jsonString(content) + "}");
        singles.erase(single);
    } else {
        if (unexpected++ == 0) firstUnexpected = content;
    }
}

static void reportLatency() {
    latency.isOn = false;
    string took;
    for (uint64_t each : latency.took) took += (took.empty() ? "" : ",") + std::to_string(each);
    tell(format("{\"event\":\"latencies\",\"asked\":%zu,\"unanswered\":%zu,\"events\":%llu,\"wall_ns\":%llu,\"processor_ns\":%llu,"
                "\"worst_lag_ns\":%llu,\"ns\":[",
                latency.asked, latency.askedAt.size(), (unsigned long long)latency.events, (unsigned long long)(now() - latency.began),
                (unsigned long long)(processorTime(latency.process) - latency.processor), (unsigned long long)latency.lag) +
         took + "]}");
    latency.askedAt.clear();
}

/// Sends what is due. A question's clock starts right before its write, after it was compressed.
static void paceLatency() {
    auto all = gateways();
    if (all.empty()) return;
    Connection &connection = *all[0];
    static string payload;
    uint64_t time = now();
    size_t ignored = 0;
    // After a stall of this process the missed events go out in small groups, not all at once.
    for (int burst = 0; burst < 4 && latency.nextEventAt <= time; burst++) {
        latency.lag = std::max(latency.lag, time - latency.nextEventAt);
        latency.nextEventAt += latency.eventEvery;
        if (time - std::min(time, latency.nextEventAt) > 20000000) latency.nextEventAt = time;
        appendChatter(connection, payload, ignored);
        connection.encoder->append(connection.out, payload);
        latency.events++;
    }
    push(connection);
    if (latency.asked < latency.questions && latency.nextQuestionAt <= time) {
        latency.nextQuestionAt = time + latency.questionEvery;
        uint64_t channel;
        connection.encoder->append(connection.out, ask(connection, channel));
        latency.asked++;
        latency.askedAt[channel] = now();
        push(connection);
        if (latency.asked == latency.questions) latency.giveUp = now() + 5000000000ULL;
    }
    if (latency.asked == latency.questions && (latency.askedAt.empty() || now() > latency.giveUp)) reportLatency();
}

// MARK: - REST

static string user(uint64_t id, const char *name, bool bot) {
    return format("{\"id\":\"%llu\",\"username\":\"%s\",\"discriminator\":\"0\",\"global_name\":null,\"avatar\":null,\"banner\":null,"
                  "\"accent_color\":null,\"bot\":%s,\"flags\":0,\"public_flags\":0,\"verified\":true,\"mfa_enabled\":false,\"locale\":\"en-US\"}",
                  (unsigned long long)id, name, bot ? "true" : "false");
}

static string botUser() { return user(strtoull(botID, nullptr, 10), "isitdown", true); }

static string application() {
    return format("{\"id\":\"%s\",\"name\":\"isitdown\",\"icon\":null,\"description\":\"\",\"bot_public\":true,\"bot_require_code_grant\":false,"
                  "\"verify_key\":\"0\",\"summary\":\"\",\"team\":null,\"flags\":565248,\"owner\":", botID) +
           user(1100000000000000002ULL, "owner", false) + "}";
}

static string createdMessage(uint64_t channel) {
    return format("{\"id\":\"%llu\",\"channel_id\":\"%llu\",\"content\":\"-\",\"timestamp\":\"2026-02-03T04:05:06.789000+00:00\","
                  "\"edited_timestamp\":null,\"tts\":false,\"mention_everyone\":false,\"mentions\":[],\"mention_roles\":[],\"attachments\":[],"
                  "\"embeds\":[],\"components\":[],\"pinned\":false,\"type\":0,\"flags\":0,\"author\":",
                  (unsigned long long)nextID++, (unsigned long long)channel) + botUser() + "}";
}

static void reply(Connection &connection, const char *status, const string &body, const char *more = "") {
    connection.out += format("HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n", status, body.size(), more);
    connection.out += body;
    push(connection);
}

static bool startsWith(string_view text, string_view start) { return text.substr(0, start.size()) == start; }

static void handleRequest(Connection &connection, string_view method, string_view path, string_view body, uint64_t at) {
    static simdjson::dom::parser parser;
    path = path.substr(0, path.find('?'));
    if (startsWith(path, "/api/v10")) path.remove_prefix(8);
    if (method == "POST" && startsWith(path, "/channels/") && path.size() > 9 && path.substr(path.size() - 9) == "/messages") {
        uint64_t channel = strtoull(path.data() + 10, nullptr, 10);
        string_view content;
        simdjson::padded_string padded(body);
        if (parser.parse(padded)["content"].get(content)) content = "";
        answered(channel, content, at);
        return reply(connection, "200 OK", createdMessage(channel),
                     "X-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 999\r\nX-RateLimit-Reset-After: 0.001\r\n"
                     "X-RateLimit-Reset: 4102444800.000\r\nX-RateLimit-Bucket: benchmark\r\n");
    }
    if (path == "/gateway/bot" || path == "/gateway") {
        return reply(connection, "200 OK",
                     format("{\"url\":\"ws://127.0.0.1:%d\",\"shards\":1,\"session_start_limit\":{\"total\":100000,\"remaining\":100000,"
                            "\"reset_after\":86400000,\"max_concurrency\":64}}", port));
    }
    if (path == "/users/@me") return reply(connection, "200 OK", botUser());
    if (startsWith(path, "/applications/@me") || startsWith(path, "/oauth2/applications/@me"))
        return reply(connection, "200 OK", application());
    if (startsWith(path, "/applications/")) return reply(connection, "200 OK", "[]");
    fprintf(stderr, "flood-server: %.*s %.*s is not known here\n", (int)method.size(), method.data(), (int)path.size(), path.data());
    reply(connection, "404 Not Found", "{\"message\":\"404: Not Found\",\"code\":0}");
}

static string header(string_view head, string_view name) {
    for (size_t at = 0; at < head.size();) {
        size_t end = std::min(head.find("\r\n", at), head.size());
        string_view line = head.substr(at, end - at);
        if (line.size() > name.size() && line[name.size()] == ':' && strncasecmp(line.data(), name.data(), name.size()) == 0) {
            line.remove_prefix(name.size() + 1);
            while (!line.empty() && line[0] == ' ') line.remove_prefix(1);
            return string(line);
        }
        at = end + 2;
    }
    return "";
}

static void upgrade(Connection &connection, string_view path, const string &key) {
    string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH], encoded[32];
    SHA1((const unsigned char *)text.data(), text.size(), digest);
    EVP_EncodeBlock(encoded, digest, sizeof digest);
    connection.isGateway = true;
    auto kind = Compression::none;
    if (path.find("compress=zlib-stream") != string::npos) kind = Compression::zlib, connection.compression = "zlib-stream";
    if (path.find("compress=zstd-stream") != string::npos) kind = Compression::zstd, connection.compression = "zstd-stream";
    connection.encoder = std::make_unique<Encoder>(kind);
    connection.out += format("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", encoded);
    // As long as a client accepts, so that no heartbeat's answer has to wait for a flood.
    sendPayload(connection, "{\"t\":null,\"s\":null,\"op\":10,\"d\":{\"heartbeat_interval\":300000,\"_trace\":[]}}");
}

/// One request if a whole one is there.
static bool takeRequest(Connection &connection, uint64_t at) {
    size_t end = connection.in.find("\r\n\r\n");
    if (end == string::npos) return false;
    string_view head = string_view(connection.in).substr(0, end);
    size_t length = strtoul(header(head, "content-length").c_str(), nullptr, 10);
    if (connection.in.size() < end + 4 + length) return false;
    string request = connection.in.substr(0, end + 4 + length);
    connection.in.erase(0, end + 4 + length);
    head = string_view(request).substr(0, end);
    size_t space = head.find(' ');
    string_view method = head.substr(0, space), path = head.substr(space + 1);
    path = path.substr(0, path.find(' '));
    string key = header(head, "sec-websocket-key");
    if (!key.empty()) upgrade(connection, path, key);
    else handleRequest(connection, method, path, string_view(request).substr(end + 4), at);
    return true;
}

// MARK: - Gateway

static void identified(Connection &connection, simdjson::dom::element identify, uint64_t at) {
    int64_t number;
    if (!identify["shard"].at(0).get(number)) connection.shard = number;
    if (!identify["shard"].at(1).get(number)) connection.shards = number;
    int64_t intents;
    if (identify["intents"].get(intents)) intents = 0;
    tell(format("{\"event\":\"identify\",\"at\":%llu,\"compress\":\"%s\",\"shard\":%d,\"shards\":%d,\"intents\":%lld}",
                (unsigned long long)at, connection.compression.c_str(), connection.shard, connection.shards, (long long)intents));
    uint64_t guild = connection.guild();
    sendPayload(connection, dispatch(connection, "READY",
        "{\"v\":10,\"user_settings\":{},\"user\":" + botUser() +
        format(",\"session_type\":\"normal\",\"session_id\":\"benchmark%d\",\"resume_gateway_url\":\"ws://127.0.0.1:%d\",\"relationships\":[],"
               "\"private_channels\":[],\"presences\":[],\"guilds\":[{\"id\":\"%llu\",\"unavailable\":true}],\"guild_join_requests\":[],"
               "\"geo_ordered_rtc_regions\":[],\"auth\":{},\"application\":{\"id\":\"%s\",\"flags\":565248},\"_trace\":[]",
               connection.shard, port, (unsigned long long)guild, botID) +
        format(",\"shard\":[%d,%d]}", connection.shard, connection.shards)));
    string channels;
    for (int index = 0; index < 40; index++) {
        channels += format("%s{\"id\":\"%llu\",\"type\":0,\"name\":\"channel-%d\",\"position\":%d,\"permission_overwrites\":[],\"topic\":null,"
                           "\"nsfw\":false,\"last_message_id\":null,\"rate_limit_per_user\":0,\"parent_id\":null,\"flags\":0}",
                           index ? "," : "", 1150000000000000000ULL + index, index, index);
    }
    string id = std::to_string(guild);
    sendPayload(connection, dispatch(connection, "GUILD_CREATE",
        "{\"id\":\"" + id + "\",\"name\":\"Benchmark\",\"icon\":null,\"splash\":null,\"discovery_splash\":null,\"banner\":null,"
        "\"description\":null,\"owner_id\":\"1100000000000000002\",\"region\":\"us\",\"afk_channel_id\":null,\"afk_timeout\":300,"
        "\"verification_level\":0,\"default_message_notifications\":0,\"explicit_content_filter\":0,\"mfa_level\":0,\"nsfw_level\":0,"
        "\"nsfw\":false,\"premium_tier\":0,\"premium_subscription_count\":0,\"premium_progress_bar_enabled\":false,"
        "\"preferred_locale\":\"en-US\",\"features\":[],\"emojis\":[],\"stickers\":[],\"vanity_url_code\":null,\"application_id\":null,"
        "\"system_channel_id\":null,\"system_channel_flags\":0,\"rules_channel_id\":null,\"public_updates_channel_id\":null,"
        "\"safety_alerts_channel_id\":null,\"max_members\":500000,\"max_presences\":null,\"max_video_channel_users\":25,"
        "\"max_stage_video_channel_users\":50,\"hub_type\":null,\"incidents_data\":null,\"widget_enabled\":false,"
        "\"widget_channel_id\":null,\"joined_at\":\"2025-05-06T07:08:09.000000+00:00\",\"large\":true,\"unavailable\":false,"
        "\"member_count\":2000,\"voice_states\":[],\"presences\":[],\"threads\":[],\"stage_instances\":[],\"soundboard_sounds\":[],"
        "\"guild_scheduled_events\":[],\"roles\":[{\"id\":\"" + id + "\",\"name\":\"@everyone\",\"color\":0,"
        "\"colors\":{\"primary_color\":0,\"secondary_color\":null,\"tertiary_color\":null},\"hoist\":false,\"icon\":null,"
        "\"unicode_emoji\":null,\"position\":0,\"permissions\":\"2248473465835073\",\"managed\":false,\"mentionable\":false,\"flags\":0}],"
        "\"members\":[{\"user\":" + botUser() + ",\"nick\":null,\"avatar\":null,\"banner\":null,\"roles\":[],"
        "\"joined_at\":\"2025-05-06T07:08:09.000000+00:00\",\"premium_since\":null,\"deaf\":false,\"mute\":false,\"flags\":0,"
        "\"pending\":false,\"communication_disabled_until\":null}],\"channels\":[" + channels + "]}"));
    connection.isReady = true;
}

static void received(Connection &connection, const string &payload, uint64_t at) {
    static simdjson::dom::parser parser;
    simdjson::dom::element document;
    int64_t operation;
    if (parser.parse(payload).get(document) || document["op"].get(operation)) {
        fprintf(stderr, "flood-server: the client sent what is no payload\n");
        return;
    }
    if (operation == 2) return identified(connection, document["d"].value(), at);
    if (operation != 1) return;
    uint64_t sequence;
    if (!document["d"].get(sequence)) connection.heartbeat = sequence;
    sendPayload(connection, "{\"t\":null,\"s\":null,\"op\":11,\"d\":null}");
}

/// One frame if a whole one is there; false also when the connection is gone.
static bool takeFrame(Connection &connection, uint64_t at) {
    const string &in = connection.in;
    if (in.size() < 6) return false;
    size_t size = in[1] & 0x7F, head = 2;
    if (size == 126) {
        if (in.size() < 8) return false;
        size = (uint8_t)in[2] << 8 | (uint8_t)in[3], head = 4;
    }
    if (in.size() < head + 4 + size) return false;
    string payload = in.substr(head + 4, size);
    for (size_t index = 0; index < size; index++) payload[index] ^= in[head + index % 4];
    int opcode = in[0] & 0x0F;
    connection.in.erase(0, head + 4 + size);
    if (opcode == 8) return drop(connection), false;
    if (opcode == 9) {
        if (!connection.isFlooding()) Encoder::frame(connection.out, 10, payload), push(connection);
    } else if (opcode == 1 || opcode == 2) {
        received(connection, payload, at);
    }
    return true;
}

static void readable(int descriptor) {
    auto found = connections.find(descriptor);
    if (found == connections.end()) return;
    Connection &connection = *found->second;
    char buffer[65536];
    ssize_t count = read(descriptor, buffer, sizeof buffer);
    uint64_t at = now();
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return drop(connection);
    connection.in.append(buffer, count);
    while (connections.count(descriptor) && (connection.isGateway ? takeFrame(connection, at) : takeRequest(connection, at))) {}
}

// MARK: - Orders

static void obey(const string &line) {
    char word[32] = "";
    unsigned long long a = 0, b = 0, c = 0, d = 0;
    sscanf(line.c_str(), "%31s %llu %llu %llu %llu", word, &a, &b, &c, &d);
    string order = word;
    if (order == "flood") {  // COUNT PROCESS
        startFlood(a, b);
    } else if (order == "ask") {
        auto all = gateways();
        if (all.empty()) return tell("{\"event\":\"error\",\"why\":\"nobody is connected\"}");
        uint64_t channel;
        string payload = ask(*all[0], channel);
        singles[channel] = now();
        sendPayload(*all[0], payload);
    } else if (order == "latency") {  // QUESTIONS MICROSECONDS-BETWEEN EVENTS-A-SECOND PROCESS
        latency = Latency();
        latency.isOn = true, latency.questions = a, latency.questionEvery = b * 1000, latency.eventEvery = 1000000000ULL / c;
        latency.began = latency.nextEventAt = now(), latency.nextQuestionAt = latency.began + latency.questionEvery;
        latency.process = d, latency.processor = processorTime(d);
        unexpected = 0;
    } else if (order == "reset") {
        flood = Flood(), latency = Latency(), singles.clear();
        std::vector<Connection *> all;
        for (auto &[_, connection] : connections) all.push_back(connection.get());
        for (Connection *connection : all) connection->isGateway = false, drop(*connection);
        nextChatter = 0;
        tell("{\"event\":\"reset\"}");
    }
}

int main(int count, char **arguments) {
    if (count != 2) return fprintf(stderr, "usage: flood-server CORPUS\n"), 64;
    // A timer may be late by 50 µs unless one asks for less.
    prctl(PR_SET_TIMERSLACK, 1000);
    // A client may be ended while it is written to.
    signal(SIGPIPE, SIG_IGN);
    readCorpus(arguments[1]);
    timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    nextID = (wall.tv_sec * 1000ULL - 1420070400000ULL) << 22;

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, (sockaddr *)&address, size) || listen(listener, 128)) return perror("listen"), 1;
    getsockname(listener, (sockaddr *)&address, &size);
    port = ntohs(address.sin_port);

    poller = epoll_create1(EPOLL_CLOEXEC);
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
    for (int descriptor : {0, listener}) {
        epoll_event event{};
        event.events = EPOLLIN, event.data.fd = descriptor;
        epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
    }
    tell(format("{\"event\":\"listening\",\"port\":%d,\"corpus\":%zu}", port, chatter.size()));

    string orders;
    for (;;) {
        timespec patience{1, 0};
        if (latency.isOn) {
            uint64_t time = now(), due = latency.nextEventAt;
            if (latency.asked < latency.questions) due = std::min(due, latency.nextQuestionAt);
            patience.tv_sec = 0, patience.tv_nsec = due > time ? due - time : 0;
        }
        epoll_event events[64];
        int ready = epoll_pwait2(poller, events, 64, &patience, nullptr);
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor == 0) {
                char buffer[4096];
                ssize_t got = read(0, buffer, sizeof buffer);
                if (got == 0) return 0;
                if (got > 0) orders.append(buffer, got);
                for (size_t end; (end = orders.find('\n')) != string::npos;) {
                    string line = orders.substr(0, end);
                    orders.erase(0, end + 1);
                    obey(line);
                }
            } else if (descriptor == listener) {
                int accepted = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (accepted < 0) continue;
                int yes = 1;
                setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                auto connection = std::make_unique<Connection>();
                connection->descriptor = accepted;
                connections[accepted] = std::move(connection);
                epoll_event event{};
                event.events = EPOLLIN, event.data.fd = accepted;
                epoll_ctl(poller, EPOLL_CTL_ADD, accepted, &event);
            } else {
                if (events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(descriptor);
                auto found = connections.find(descriptor);
                if (found != connections.end() && events[index].events & EPOLLOUT && !push(*found->second)) drop(*found->second);
            }
        }
        if (latency.isOn) paceLatency();
        if (flood.isOn) {
            auto all = gateways();
            bool complete = flood.awaitsHeartbeats;
            for (Connection *connection : all) complete &= connection->heartbeat != 0;
            if (complete || now() > flood.giveUp) reportFlood();
        }
    }
}
