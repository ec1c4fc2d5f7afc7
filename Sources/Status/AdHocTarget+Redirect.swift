extension AdHocTarget {
    /// Where an answer with this `Location` sends its visitors (RFC 3986, 5.2, without dot segments, which the server may read as it likes).
    ///
    /// Throws `redirected` when it is somewhere that nobody could have named either.
    public func following(_ location: String) throws(AdHocRefusal) -> AdHocTarget {
        do throws(AdHocRefusal) {
            let next = try AdHocTarget(absolute(location))
            // `example.com:443` has a scheme here, and none where people type.
            if next.impliesScheme { throw AdHocRefusal.scheme }
            return next
        } catch {
            throw .redirected(error)
        }
    }

    private func absolute(_ location: String) -> String {
        // Characters are fine here: whatever they hide, the whole is judged again.
        let head = location.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if head.contains(":") { return location }
        let origin = description.dropLast(target.path.count)
        let withoutQuery = target.path.prefix { $0 != "?" }
        switch location.first {
        case nil, "#": return description
        case "/" where location.hasPrefix("//"): return "\(target.kind.rawValue):\(location)"
        case "/": return origin + location
        case "?": return origin + withoutQuery + location
        default:
            let folder = withoutQuery[...(withoutQuery.lastIndex(of: "/") ?? withoutQuery.startIndex)]
            return origin + folder + location
        }
    }
}
