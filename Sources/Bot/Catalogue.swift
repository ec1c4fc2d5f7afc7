public import Diagnostics
import Foundation
public import Status

/// The services that the bot knows, read from a folder with one YAML file a service (`deploy/services/README.md` shows the format).
public struct Catalogue: Hashable, Sendable {
    /// Ordered by id.
    public let services: [Service]

    /// No file of the catalogue may be larger, in bytes.
    static let largestFile = 256 * 1_024
    /// No folder may hold more files.
    static let mostFiles = 2_000

    /// Reads the `.yaml` files of a folder, hidden ones left out. Mistakes go to `diagnostics`; the services without mistakes are kept.
    ///
    /// - Parameter folder: its path.
    public init(folder: String, diagnostics: inout Diagnostics) {
        var reader = CatalogueReader(diagnostics: diagnostics)
        for file in Catalogue.files(in: folder, &reader.diagnostics) {
            do throws(Diagnostic) {
                reader.read(try TextFile.read(file, largest: Catalogue.largestFile), file: file)
            } catch {
                reader.diagnostics.report(error)
            }
        }
        diagnostics = reader.diagnostics
        services = reader.services.sorted { $0.id < $1.id }
    }

    private static func files(in folder: String, _ diagnostics: inout Diagnostics) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            let remedy = "Name the folder that holds one YAML file for each service."
            diagnostics.report(Diagnostic(file: folder, message: "The folder of services cannot be read.", remedy: remedy))
            return []
        }
        let files = names.filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }.sorted()
        if files.isEmpty {
            let remedy = "Add one, for example kik.yaml."
            diagnostics.report(Diagnostic(file: folder, message: "The folder holds no service.", remedy: remedy))
        }
        if files.count > mostFiles {
            diagnostics.report(Diagnostic(file: folder, message: "More than \(mostFiles) services; the rest is not read."))
        }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return files.prefix(mostFiles).map { prefix + $0 }
    }
}
