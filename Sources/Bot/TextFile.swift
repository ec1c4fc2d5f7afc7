import Diagnostics
import Foundation

/// A text that people wrote, read from disk within bounds.
enum TextFile {
    /// The most that a file may hold, in bytes.
    static let largest = 4 << 20

    /// Reads a regular file as UTF-8; a pipe would wait for a writer for ever.
    static func read(_ path: String, largest: Int = largest) throws(Diagnostic) -> String {
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path(percentEncoded: false))
        guard let attributes else { throw Diagnostic(file: path, message: "There is no such file.") }
        guard attributes[.type] as? FileAttributeType == .typeRegular, let bytes = try? start(of: url, largest) else {
            throw Diagnostic(file: path, message: "The file cannot be read.")
        }
        guard bytes.count <= largest else {
            throw Diagnostic(file: path, message: "The file is larger than \(largest / 1_024) KiB.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostic(file: path, message: "The file is not UTF-8.")
        }
        return text
    }

    /// As much of a file as tells whether it is too large; nothing of an empty one.
    private static func start(of url: URL, _ largest: Int) throws -> Data {
        try FileHandle(forReadingFrom: url).read(upToCount: largest + 1) ?? Data()
    }

    /// All files of a folder and its folders that end in one of `endings`, sorted by path, the paths relative to the folder.
    static func readAll(in folder: String, endings: [String]) throws(Mistakes) -> [(path: String, text: String)] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
            let found = FileManager.default.enumerator(atPath: folder)
        else {
            throw Mistakes([Diagnostic(file: folder, message: "There is no such folder.")])
        }
        let paths = found.compactMap { $0 as? String }.filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
        var texts: [(path: String, text: String)] = []
        var mistakes: [Diagnostic] = []
        for path in paths {
            do throws(Diagnostic) {
                texts.append((path, try read("\(folder)/\(path)")))
            } catch {
                mistakes.append(error)
            }
        }
        guard mistakes.isEmpty else { throw Mistakes(mistakes) }
        return texts
    }
}
