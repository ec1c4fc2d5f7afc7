import Foundation
import Status
import Timing

/// The evidence of a check for people: a line a probe, its phases side by side.
struct EvidenceTable {
    private static let head = ["target", "outcome", "dns", "connect", "tls", "http", "total", "certificate", ""]
    private let rows: [[String]]

    init(_ results: [ProbeResult]) {
        rows = [Self.head] + results.map(Self.row)
    }

    private static func row(_ result: ProbeResult) -> [String] {
        let phases = result.phases
        let times = [phases.dns, phases.connect, phases.tls, phases.http, result.total].map(milliseconds)
        let certificate = result.certificate.map { "\($0.daysLeft) days" } ?? "–"
        let status = result.status.map { "HTTP \($0)" } ?? ""
        let families = result.families.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "IP\($0.key.rawValue) \($0.value.outcome.rawValue) in \(milliseconds($0.value.total))" }
        let detail = ([result.detail.isEmpty ? status : result.detail] + families).filter { !$0.isEmpty }.joined(separator: ", ")
        return [result.target.description, result.outcome.rawValue] + times + [certificate, detail]
    }

    private static func milliseconds(_ duration: Duration?) -> String {
        duration.map { "\(Int($0.milliseconds.rounded())) ms" } ?? "–"
    }

    /// The table, columns aligned, no line ending in blanks.
    var text: String {
        let widths = Self.head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
            return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }.joined(separator: "\n")
    }
}
