/// What a server's certificate says about itself.
public struct ServerCertificate: Hashable, Sendable {
    /// The distinguished name, as OpenSSL writes it: `C = US, O = Example, CN = example.com`.
    public var subject: String
    public var issuer: String
    /// Seconds since 1970; nil when the date could not be read.
    public var validFrom: Int64?
    /// Seconds since 1970; nil when the date could not be read.
    public var expires: Int64?

    public init(subject: String, issuer: String, validFrom: Int64? = nil, expires: Int64? = nil) {
        self.subject = subject
        self.issuer = issuer
        self.validFrom = validFrom
        self.expires = expires
    }

    /// The subject's common name, or the whole subject where it has none.
    public var subjectName: String { commonName(in: subject) ?? subject }

    /// The issuer's common name, or the whole issuer where it has none.
    public var issuerName: String { commonName(in: issuer) ?? issuer }

    /// Reads one certificate from the `name:value` lines that CURLINFO_CERTINFO gives.
    init(lines: [String]) {
        func value(of name: String) -> String? {
            lines.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.utf8.count + 1)) }
        }
        self.init(
            subject: value(of: "Subject") ?? "",
            issuer: value(of: "Issuer") ?? "",
            validFrom: value(of: "Start date").flatMap(secondsSince1970),
            expires: value(of: "Expire date").flatMap(secondsSince1970)
        )
    }
}

/// A value with a comma or the like stands in quotes: `CN = "Example, Inc."`.
private func commonName(in distinguishedName: String) -> String? {
    var part = ""
    var isQuoted = false
    var parts: [String] = []
    for character in distinguishedName {
        if character == "\"" {
            isQuoted.toggle()
        } else if character == ",", !isQuoted {
            parts.append(part)
            part = ""
        } else {
            part.append(character)
        }
    }
    parts.append(part)
    for part in parts.reversed() {
        let trimmed = part.drop { $0 == " " }
        if trimmed.hasPrefix("CN = ") { return String(trimmed.dropFirst(5)) }
    }
    return nil
}

/// Reads OpenSSL's `Nov 23 17:54:47 2026 GMT`. A certificate's time is always UTC (RFC 5280, 4.1.2.5).
private func secondsSince1970(_ text: String) -> Int64? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let words = text.split(separator: " ")
    guard words.count == 5, words[4] == "GMT", let month = months.firstIndex(of: String(words[0])),
        let day = Int64(words[1]), (1...31).contains(day), let year = Int64(words[3]), (1950...9999).contains(year)
    else { return nil }
    let clock = words[2].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]) else {
        return nil
    }
    let days = daysSince1970(year: year, month: Int64(month) + 1, day: day)
    return days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
}

/// In the proleptic Gregorian calendar. The year is counted from March, so that the leap day is its last.
private func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
    // 719 468 days lie between 0000-03-01 and 1970-01-01.
    return marchYear * 365 + leapDays + dayOfYear - 719_468
}
