extension FeedReading {
    /// Words of several vendors for what is over.
    static let closed: Set<String> = ["resolved", "completed", "cancelled", "canceled"]

    /// The report of a body; nil for one that is not of the kind, or of none that we know.
    mutating func report(of text: String, as kind: FeedKind?) -> FeedReport? {
        if let json = FeedJSON(Self.withoutCallback(text)) {
            guard let kind = kind ?? Self.kind(of: json) ?? home else { return nil }
            return report(of: json, as: kind) ?? FeedReport(kind: kind)
        }
        let isSignal = home == .signal || text.prefix(2_000).lowercased().contains("<title>signal status")
        if kind == .signal || (kind == nil && isSignal) {
            return signal(text)
        }
        guard let document = FeedXML(text) else { return nil }
        if kind == .xbox || (kind == nil && document.root == "ServiceStatus") { return xbox(document) }
        guard kind.map(Self.syndicating.contains) ?? true else { return nil }
        switch document.root {
        case "rss":
            let isAzures = kind == nil && (home == .azureRSS || document.isAbout("azure.status.microsoft"))
            return syndicated(kind == .azureRSS || isAzures ? .azureRSS : .rss, document)
        case "feed" where kind != .azureRSS: return syndicated(.atom, document)
        default: return nil
        }
    }

    /// The kinds whose providers tell the same as RSS or Atom, too.
    private static let syndicating: Set<FeedKind> = [
        .rss, .atom, .azureRSS, .statuspage, .incidentio, .instatus, .slack, .google, .aws, .meta,
    ]

    private mutating func report(of json: FeedJSON, as kind: FeedKind) -> FeedReport? {
        switch kind {
        case .statuspage: statuspage(json, .statuspage)
        case .incidentio:
            json.has("ongoing_incidents") || json.has("in_progress_maintenances") ? widget(json) : statuspage(json, .incidentio)
        case .instatus: instatus(json)
        case .statusio: statusio(json)
        case .betterstack: betterstack(json)
        case .slack: slack(json)
        case .google: google(json)
        case .apple: apple(json)
        case .aws: aws(json)
        case .azuredevops: azuredevops(json)
        case .meta: meta(json)
        case .playstation: playstation(json)
        case .heroku: heroku(json)
        case .salesforce: salesforce(json)
        case .cachet: cachet(json)
        case .cstate: cstate(json)
        case .uptimerobot: uptimerobot(json)
        case .sorry: sorry(json)
        case .azureRSS, .xbox, .signal, .rss, .atom: nil
        }
    }

    /// `jsonCallback({…});` without its call.
    private static func withoutCallback(_ text: String) -> String {
        guard let first = text.first(where: { !$0.isWhitespace }), first != "{", first != "[", first != "<",
            let open = text.firstIndex(of: "("), text.distance(from: text.startIndex, to: open) < 64,
            let close = text.lastIndex(of: ")"), open < close
        else { return text }
        return String(text[text.index(after: open)..<close])
    }

    /// Which format a JSON body is in, by members that only that format has. An empty list could be of several and is of none.
    private static func kind(of json: FeedJSON) -> FeedKind? {
        if json.isList { return kind(ofListWith: json.list) }
        if json.has("ongoing_incidents") || json.has("in_progress_maintenances") { return .incidentio }
        if json.has("page_title"), json.has("scheduled_maintenances") { return .incidentio }
        if json["status"].has("indicator")
            || (json.has("page") && (json.has("components") || json.has("incidents") || json.has("scheduled_maintenances")))
        {
            return isULID(json["page"]["id"].text) ? .incidentio : .statuspage
        }
        if json["result"].has("status_overall") { return .statusio }
        if json["data"]["attributes"].has("aggregate_state") { return .betterstack }
        if json.has("active_incidents") || (json.has("date_updated") && json["status"].text != nil) { return .slack }
        if json["services"].list.contains(where: { $0.has("serviceName") }) { return .apple }
        if json["status"].has("health") { return .azuredevops }
        if json["page"].has("state") { return .sorry }
        if json["page"].has("status") || json["status"].has("type") || json.has("activeIncidents")
            || json.has("activeMaintenances")
        {
            return .instatus
        }
        if json.has("summaryStatus") { return .cstate }
        if json["data"].list.contains(where: { $0.has("statusClass") }) || json["psp"].has("monitors") { return .uptimerobot }
        if json["data"].list.contains(where: { $0.has("status") && $0.has("name") }) { return .cachet }
        if json["status"].list.contains(where: { $0.has("system") }) { return .heroku }
        if json["components"].isList { return kind(ofComponents: json["components"].list) }
        if json["response"].list.contains(where: { $0.has("state") }) { return .sorry }
        if json.has("countries"), json.has("status") { return .playstation }
        if json["status"].list.contains(where: { $0.has("statusType") }) { return .playstation }
        return json.has("instanceKey") || json.has("isActive") ? .salesforce : nil
    }

    /// A list of components alone: Instatus writes their words in capitals, Statuspage in small letters.
    private static func kind(ofComponents rows: [FeedJSON]) -> FeedKind? {
        guard let word = rows.lazy.compactMap({ $0["status"].text }).first else { return nil }
        return word == word.uppercased() ? .instatus : .statuspage
    }

    private static func kind(ofListWith rows: [FeedJSON]) -> FeedKind? {
        if rows.contains(where: { $0.has("active_incidents") }) { return .slack }
        if rows.contains(where: { $0.has("event_log") || ($0["arn"].text?.hasPrefix("arn:aws") ?? false) }) { return .aws }
        if rows.contains(where: { $0.has("external_desc") || $0.has("most_recent_update") }) { return .google }
        if rows.contains(where: { $0.has("rss_file_paths") || $0.has("service_id") }) { return .meta }
        if rows.contains(where: { $0.has("type") && $0.has("notes") }) { return .slack }
        if rows.contains(where: { $0.has("instanceKey") || $0.has("environment") || $0.has("releaseVersion") }) {
            return .salesforce
        }
        return nil
    }

    /// incident.io numbers its pages by ULIDs: 26 characters of Crockford's alphabet, in capitals.
    private static func isULID(_ id: String?) -> Bool {
        guard let id, id.count == 26 else { return false }
        return id.allSatisfy { $0.isNumber || ("A"..."Z").contains($0) }
    }
}
