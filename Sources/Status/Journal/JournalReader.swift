import Foundation

/// Reads the lines of an evidence journal (JSON Lines, see README).
///
/// Words that repeat on every line, such as targets, are made once.
public struct JournalReader {
    /// A line that is no evidence, in words for the person who wrote it.
    public struct Malformed: Error, Hashable, Sendable {
        /// What is wrong with it, a clause without full stop.
        public let problem: String
    }

    /// Longer lines are no evidence.
    public static let longestLine = 4_096
    /// So many different words are remembered.
    private static let mostWords = 65_536

    private var words: [UInt64: (bytes: [UInt8], word: String)] = [:]

    public init() {}

    /// Reads one line of UTF-8, without its line feed; nil for a blank one.
    public mutating func read(_ line: UnsafeBufferPointer<UInt8>) throws(Malformed) -> JournalEntry? {
        guard line.count <= Self.longestLine else { throw Malformed(problem: "it is longer than \(Self.longestLine) bytes") }
        guard line.contains(where: { $0 > 0x20 }) else { return nil }
        var fields = Fields()
        var json = FlatJSON(line)
        do {
            try json.read { key, value, isString throws(FlatJSON.Malformed) in
                fields.note(line[key], value, isString)
            }
        } catch {
            throw Malformed(problem: error.problem)
        }
        return try entry(fields, line)
    }

    /// The same for a text.
    public mutating func read(_ line: String) throws(Malformed) -> JournalEntry? {
        let bytes = Array(line.utf8)
        var result: Result<JournalEntry?, Malformed> = .success(nil)
        bytes.withUnsafeBufferPointer { bytes in
            do throws(Malformed) { result = .success(try read(bytes)) } catch { result = .failure(error) }
        }
        return try result.get()
    }

    /// Where the known members of a line stand; unknown ones are passed over, so that a journal may say more.
    private struct Fields {
        enum Name: Int, CaseIterable {
            case at, kind, service, component, target, vantage, outcome, phase, ms, source, word, who, place, says
        }

        private var values: InlineArray<14, (start: Int, end: Int, isString: Bool)> = .init(repeating: (-1, -1, false))

        mutating func note(_ key: Slice<UnsafeBufferPointer<UInt8>>, _ value: Range<Int>, _ isString: Bool) {
            guard let name = Self.name(key) else { return }
            values[name.rawValue] = (value.lowerBound, value.upperBound, isString)
        }

        func range(_ name: Name) -> (range: Range<Int>, isString: Bool)? {
            let value = values[name.rawValue]
            return value.start < 0 ? nil : (value.start..<value.end, value.isString)
        }

        private static func name(_ key: Slice<UnsafeBufferPointer<UInt8>>) -> Name? {
            switch (key.count, key.first) {
            case (2, UInt8(ascii: "a")): key.elementsEqual("at".utf8) ? .at : nil
            case (2, UInt8(ascii: "m")): key.elementsEqual("ms".utf8) ? .ms : nil
            case (3, _): key.elementsEqual("who".utf8) ? .who : nil
            case (4, UInt8(ascii: "k")): key.elementsEqual("kind".utf8) ? .kind : nil
            case (4, UInt8(ascii: "w")): key.elementsEqual("word".utf8) ? .word : nil
            case (4, UInt8(ascii: "s")): key.elementsEqual("says".utf8) ? .says : nil
            case (5, UInt8(ascii: "p")): key.elementsEqual("phase".utf8) ? .phase : nil
            case (5, UInt8(ascii: "w")): key.elementsEqual("where".utf8) ? .place : nil
            case (6, UInt8(ascii: "t")): key.elementsEqual("target".utf8) ? .target : nil
            case (6, UInt8(ascii: "s")): key.elementsEqual("source".utf8) ? .source : nil
            case (7, UInt8(ascii: "s")): key.elementsEqual("service".utf8) ? .service : nil
            case (7, UInt8(ascii: "v")): key.elementsEqual("vantage".utf8) ? .vantage : nil
            case (7, UInt8(ascii: "o")): key.elementsEqual("outcome".utf8) ? .outcome : nil
            case (9, _): key.elementsEqual("component".utf8) ? .component : nil
            default: nil
            }
        }
    }

    private mutating func entry(_ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws(Malformed) -> JournalEntry {
        guard let at = fields.range(.at), at.isString, let stamp = Timestamp(UnsafeBufferPointer(rebasing: line[at.range])) else {
            throw Malformed(problem: "“at” is no time such as 2026-11-23T10:00:00.000Z")
        }
        let evidence: JournalEntry.Evidence
        switch try text(.kind, fields, line) {
        case "probe": evidence = .probe(try sighting(fields, line))
        case "canary":
            let target = try text(.target, fields, line)
            evidence = .canary(target: target, isOK: try word(.outcome, fields, line, CanaryOutcome.self) == .ok)
        case "feed":
            evidence = .feed(
                service: try service(fields, line), source: try text(.source, fields, line),
                word: try word(.word, fields, line, OfficialWord.self))
        case "page":
            evidence = .page(
                service: try service(fields, line), source: try text(.source, fields, line),
                word: try word(.word, fields, line, PageWord.self))
        case "report":
            evidence = .report(
                service: try service(fields, line), who: try text(.who, fields, line), place: try text(.place, fields, line),
                says: try word(.says, fields, line, PersonalWord.self))
        case let kind:
            throw Malformed(problem: "“\(kind)” is no kind of evidence; there are probe, canary, feed, page and report")
        }
        return JournalEntry(at: stamp, evidence: evidence)
    }

    private enum CanaryOutcome: String, CaseIterable { case ok, failed }

    private mutating func sighting(_ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws(Malformed) -> ProbeSighting {
        ProbeSighting(
            service: try service(fields, line),
            component: try text(.component, fields, line),
            target: try text(.target, fields, line),
            vantage: fields.range(.vantage) == nil ? "home" : try text(.vantage, fields, line),
            outcome: try word(.outcome, fields, line, ProbeResult.Outcome.self),
            phase: fields.range(.phase)?.isString == true ? try word(.phase, fields, line, ProbeResult.Phase.self) : nil,
            milliseconds: milliseconds(fields, line)
        )
    }

    private mutating func service(_ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws(Malformed) -> ServiceID {
        ServiceID(try text(.service, fields, line))
    }

    private func milliseconds(_ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) -> Int {
        guard let (range, isString) = fields.range(.ms), !isString else { return 0 }
        let value = Double(String(decoding: line[range], as: UTF8.self)) ?? 0
        return Int(exactly: min(max(0, value.rounded()), 86_400_000)) ?? 0
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: Fields.Name, _ fields: Fields, _ line: UnsafeBufferPointer<UInt8>, _: Word.Type
    ) throws(Malformed) -> Word {
        let text = try text(name, fields, line)
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw Malformed(problem: "“\(text)” is no \(name == .place ? "where" : "\(name)"); it is one of \(known)")
        }
        return word
    }

    private mutating func text(_ name: Fields.Name, _ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws(Malformed)
        -> String
    {
        guard let (range, isString) = fields.range(name), isString, !range.isEmpty else {
            throw Malformed(problem: "“\(name == .place ? "where" : "\(name)")” is missing, or no text")
        }
        let bytes = UnsafeBufferPointer(rebasing: line[range])
        // FNV-1a.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if let known = words[hash], known.bytes.elementsEqual(bytes) { return known.word }
        let word = try unescaped(bytes)
        if words.count >= Self.mostWords { words = [:] }
        words[hash] = (Array(bytes), word)
        return word
    }

    private func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) throws(Malformed) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        let quoted = Data([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        guard let text = try? JSONDecoder().decode(String.self, from: quoted) else {
            throw Malformed(problem: "a string has an escape that JSON does not know")
        }
        return text
    }
}
