import Status
import Testing

@testable import Feeds

@Suite("Pages of third parties")
struct PageReaderTests {
    private let page = PageSource(
        name: "watcher", url: "https://watcher.example/",
        up: [.text("no current problems"), .json(.init(path: "state", value: "ok"))],
        down: [.text("Reports indicate problems"), .json(.init(path: "data.0.down", value: "true"))])

    @Test(
        "are understood by what a reader sees of them",
        arguments: [
            ("<p>User reports indicate <b>no current\n problems</b> at Kik</p>", PageWord.up),
            ("<h1>REPORTS INDICATE&nbsp;PROBLEMS</h1>", .down), ("reports indicate problems; no current problems", .unknown),
            ("<p>something else</p>", .unknown), ("", .unknown),
            ("<script>var a = 'no current problems'</script>hello", .unknown), ("<!-- no current problems -->", .unknown),
            ("<style>no current problems</style", .unknown), ("<script>no current problems", .unknown),
            ("<a title='no current problems'>", .unknown), (#"{"state":"ok"}"#, .up), (#"{"data":[{"down":true}]}"#, .down),
            (#"{"data":[{"down":"true"}],"state":"ok"}"#, .unknown), (#"{"data":[{"down":1}]}"#, .unknown),
        ])
    func words(body: String, word: PageWord) {
        #expect(PageReader(page).word(of: Array(body.utf8)) == word)
    }

    @Test("of any size and kind have a word")
    func anything() {
        let reader = PageReader(page)
        #expect(reader.word(of: [UInt8](repeating: UInt8(ascii: "<"), count: 200_000)) == .unknown)
        #expect(reader.word(of: [UInt8](repeating: UInt8(ascii: "["), count: 200_000)) == .unknown)
        #expect(reader.word(of: [0xFF, 0xFE, 0x3C]) == .unknown)
        let open = String(repeating: "<script>", count: 50_000)
        #expect(reader.word(of: Array(open.utf8)) == .unknown)
    }
}
