import HTTP

extension HTTPResponse {
    /// The host answered and refuses *us*: 401, 403, 407 (a proxy on the way), 429 or 451.
    var isRefusal: Bool {
        [401, 403, 407, 429, 451].contains(status)
    }

    /// A page that wants to know whether a person is asking, in place of the answer.
    ///
    /// Cloudflare marks its own with `cf-mitigated: challenge` and AWS WAF with `x-amzn-waf-action`; older Cloudflare pages are
    /// known by their scripts.
    var isChallenge: Bool {
        if headers["cf-mitigated"]?.lowercased() == "challenge" || headers["x-amzn-waf-action"] != nil { return true }
        guard [403, 429, 503].contains(status), headers["server"]?.lowercased() == "cloudflare" else { return false }
        let page = String(decoding: body, as: UTF8.self)
        return ["/cdn-cgi/challenge-platform/", "_cf_chl_opt", "cf-browser-verification"].contains { page.contains($0) }
    }
}
