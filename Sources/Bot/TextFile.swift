import Diagnostics
import Foundation
import Glibc

/// A text that people wrote, read from disk within bounds.
enum TextFile {
    /// The most that a file may hold, in bytes.
    static let largest = 4 << 20

    /// Reads a regular file as UTF-8; a pipe would wait for a writer for ever.
    static func read(_ path: String, largest: Int = largest) throws(Diagnostic) -> String {
        // Foundation takes ten times as long for each of five hundred files.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            let message = errno == ENOENT ? "There is no such file." : "The file cannot be read."
            throw Diagnostic(file: path, message: message)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let bytes = start(of: file, largest) else {
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

    /// As much of a file as tells whether it is too large; nil where reading fails.
    private static func start(of file: Int32, _ largest: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        let piece = 64 * 1_024
        while bytes.count <= largest {
            let had = bytes.count
            var count = 0
            bytes.append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: piece) { buffer, filled in
                    count = Glibc.read(file, buffer.baseAddress, piece)
                    filled = max(0, count)
                })
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if bytes.count == had { break }
        }
        return bytes
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
