import Status
import Testing

@testable import Feeds

/// A body made up for a test, and what it means.
struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: FeedKind
    var body: String
    var verdict: FeedVerdict
    var incidents = 0
    var maintenances = 0
    var troubled = 0
    /// Whether the body shows by itself of which kind it is.
    var isTelling = true
    var testDescription: String { "\(kind.rawValue): \(name)" }
}

extension Sample {
    /// As of when they are read: 23 November 2026, 10:00.
    static let at = Timestamp(milliseconds: 1_795_428_000_000)

    static let samples: [Sample] = [
        Sample(
            name: "worst of indicator and components, groups skipped, of one id the worse", kind: .statuspage,
            body: """
                {"page":{"id":"abc123def456"},"status":{"indicator":"minor"},"components":[
                {"id":"g","name":"All","status":"major_outage","group":true},
                {"id":"a","name":"API","status":"partial_outage","group":false},
                {"id":"a","name":"API again","status":"major_outage"},{"id":"b","name":"Web","status":"operational"}],
                "incidents":[{"id":"i","name":"Slow","status":"investigating","impact":"critical"},{"id":"j","status":"resolved"}],
                "scheduled_maintenances":[{"id":"m","name":"Work","status":"in_progress"},{"id":"n","status":"completed"}]}
                """, verdict: .majorOutage, incidents: 1, maintenances: 1, troubled: 1),
        Sample(
            name: "an incident without a status is open", kind: .statuspage,
            body: #"{"page":{"id":"x"},"incidents":[{"id":"a","name":"A","status":null,"impact":"major"},{},null]}"#,
            verdict: .partialOutage, incidents: 1),
        Sample(
            name: "the widget, something going on", kind: .incidentio,
            body: """
                {"page_title":"O","ongoing_incidents":[{"id":"1","name":"Slow uploads","status":"investigating",
                "current_worst_impact":"full_outage","affected_components":[{"id":"c","name":"Uploads","current_status":"full_outage"}]}],
                "in_progress_maintenances":[],"scheduled_maintenances":[{"id":"s","name":"Drill","status":"maintenance_scheduled"}]}
                """, verdict: .majorOutage, incidents: 1, maintenances: 1, troubled: 1),
        Sample(
            name: "the widget, three empty lists", kind: .incidentio,
            body: #"{"page_title":"O","ongoing_incidents":[],"in_progress_maintenances":[],"scheduled_maintenances":[]}"#,
            verdict: .operational),
        Sample(
            name: "issues, as bad as its incident says", kind: .instatus,
            body: """
                {"page":{"name":"T","status":"HASISSUES"},"activeIncidents":[{"id":"k","name":"E","status":"IDENTIFIED","impact":"MAJOROUTAGE"}],
                "activeMaintenances":[{"id":"m","name":"Move","start":"Thu Feb 05 2026 13:00:00 GMT+0000 (Coordinated Universal Time)",
                "status":"INPROGRESS","duration":"60"}]}
                """, verdict: .majorOutage, incidents: 1, maintenances: 1),
        Sample(
            name: "a word for some of it", kind: .instatus, body: #"{"page":{"status":"SOMEDEGRADEDPERFORMANCE"}}"#,
            verdict: .degraded),
        Sample(
            name: "the other header", kind: .instatus, body: #"{"status":{"type":"UP","text":"All good"},"page":{"updated":1}}"#,
            verdict: .operational),
        Sample(
            name: "components alone, parts within a group", kind: .instatus,
            body: """
                {"components":[{"id":"g","name":"All","status":"OPERATIONAL","children":[{"id":"a","name":"API","status":"MAJOROUTAGE"}]},
                {"id":"b","name":"Web","status":"OPERATIONAL","group":null}]}
                """, verdict: .majorOutage, troubled: 1),
        Sample(
            name: "one region out", kind: .statusio,
            body: """
                {"result":{"status_overall":{"status_code":300},"status":[{"id":"1","name":"API","status_code":300,"containers":[
                {"id":"e","name":"Europe","status_code":500},{"id":"u","name":"US","status_code":100}]}],"incidents":[],"maintenance":{"active":[],
                "upcoming":[{"_id":"p","name":"Patch"}]}}}
                """, verdict: .majorOutage, maintenances: 1, troubled: 1),
        Sample(
            name: "down", kind: .betterstack,
            body: """
                {"data":{"attributes":{"aggregate_state":"downtime"}},"included":[{"id":"1","type":"status_page_resource","attributes":
                {"public_name":"API","status":"downtime","status_page_section_id":9}},{"id":"2","type":"status_report","attributes":
                {"title":"API is down","aggregate_state":"downtime","ends_at":null}}]}
                """, verdict: .majorOutage, incidents: 1, troubled: 1),
        Sample(
            name: "planned work, one of two under way", kind: .betterstack,
            body: """
                {"data":{"attributes":{"aggregate_state":"maintenance"}},"included":[{"id":"2","type":"status_report","attributes":{"title":"W",
                "report_type":"maintenance","aggregate_state":"maintenance","starts_at":"2026-11-23T09:00:00Z","ends_at":"2026-11-23T12:00:00Z"}},
                {"id":"3","type":"status_report","attributes":{"title":"V","report_type":"maintenance","starts_at":"2026-11-24T09:00:00Z"}}]}
                """, verdict: .maintenance, maintenances: 2),
        Sample(
            name: "version 1, all well", kind: .slack,
            body: #"{"status":"ok","date_created":"2026-11-23T01:00:00-08:00","date_updated":"2026-11-23T01:00:00-08:00"}"#,
            verdict: .operational),
        Sample(
            name: "version 1, its only incident", kind: .slack,
            body: #"{"status":"active","id":5,"date_updated":"x","title":"T","type":"Incident","services":["Login"],"notes":[]}"#,
            verdict: .degraded, incidents: 1),
        Sample(name: "all well", kind: .slack, body: #"{"status":"ok","active_incidents":[]}"#, verdict: .operational),
        Sample(
            name: "an outage, in a list", kind: .slack,
            body:
                #"[{"status":"active","active_incidents":[{"id":4,"title":"T","type":"outage","status":"active","notes":[]}]}]"#,
            verdict: .majorOutage, incidents: 1),
        Sample(
            name: "an open disruption among what is over", kind: .google,
            body: """
                [{"id":"k","begin":"2026-11-23T08:00:00+00:00","external_desc":"Mail delays","most_recent_update":{"status":"SERVICE_DISRUPTION"},
                "affected_products":[{"title":"Gmail"}]},{"id":"l","begin":"2026-11-01T08:00:00+00:00","end":"2026-11-01T09:00:00+00:00",
                "external_desc":"x","most_recent_update":{"status":"SERVICE_OUTAGE"}}]
                """, verdict: .partialOutage, incidents: 1),
        Sample(
            name: "an upcoming maintenance only", kind: .apple,
            body: """
                {"services":[{"serviceName":"iMessage","events":[{"messageId":"9","statusType":"Maintenance","eventStatus":"upcoming",
                "epochStartDate":1799000000000}]}]}
                """, verdict: .operational, maintenances: 1),
        Sample(
            name: "a number where a string was", kind: .aws,
            body: #"[{"arn":"arn:aws:health:x","status":2,"service_name":"S3","event_log":[],"end_time":null}]"#,
            verdict: .partialOutage,
            incidents: 1),
        Sample(name: "nothing", kind: .aws, body: "[]", verdict: .operational, isTelling: false),
        Sample(
            name: "an item that is not mitigated", kind: .azureRSS,
            body: """
                <rss><channel><item><title>Virtual Machines - East US</title><pubDate>Mon, 23 Nov 2026 08:00:00 Z</pubDate></item>
                <item><title>Mitigated: Storage</title><pubDate>Mon, 23 Nov 2026 07:00:00 Z</pubDate></item></channel></rss>
                """, verdict: .degraded, incidents: 1, isTelling: false),
        Sample(
            name: "one place is ill", kind: .azuredevops,
            body: """
                {"status":{"health":"unhealthy"},"services":[{"id":"Boards","geographies":[{"id":"US","health":"healthy"},
                {"id":"EU","health":"unhealthy"}]},{"id":"Repos","geographies":[{"id":"US","health":4}]}]}
                """, verdict: .majorOutage, troubled: 1),
        Sample(
            name: "medium disruptions of one product", kind: .meta,
            body: """
                [{"id":"w","name":"WhatsApp Business","rss_file_paths":["x"],"services":[{"id":4,"name":"Cloud API","status":"Medium disruptions"},
                {"id":5,"name":"Flows","status":"No known issues"}]}]
                """, verdict: .partialOutage, troubled: 1),
        Sample(
            name: "outages", kind: .meta, body: #"[{"service_id":4,"status":"High disruptions","time":1795420000,"posts":[]}]"#,
            verdict: .majorOutage, incidents: 1),
        Sample(
            name: "the second row is the bad one", kind: .playstation,
            body: """
                {"countries":[],"status":[{"statusId":"1","statusType":"OK"},{"statusId":"2","statusType":"Outage","message":{"messages":[
                {"message":"Sign in"}]}}]}
                """, verdict: .majorOutage, incidents: 1),
        Sample(
            name: "no row", kind: .playstation, body: #"{"countries":[{"countryCode":"US"}],"status":[]}"#, verdict: .operational),
        Sample(
            name: "impacted", kind: .xbox,
            body: """
                <?xml version="1.0"?><ServiceStatus><Status><Overall><State>Impacted</State></Overall></Status><CoreServices><Category><Id>1</Id>
                <Name>Account</Name><Status><Name>None</Name></Status></Category><Category><Id>2</Id><Name>Store</Name><Status>
                <Name>Unavailable</Name></Status></Category></CoreServices></ServiceStatus>
                """, verdict: .majorOutage, troubled: 1),
        Sample(
            name: "a country's service, told by two countries", kind: .playstation,
            body: """
                {"countries":[{"countryCode":"US","services":[{"serviceName":"Store","status":[{"statusId":1,"statusType":"Degraded"}]}]},
                {"countryCode":"CA","services":[{"serviceName":"Store","status":[{"statusId":1,"statusType":"Degraded"}]}]}],"status":[]}
                """, verdict: .degraded, incidents: 1),
        Sample(
            name: "yellow tools", kind: .heroku,
            body: """
                {"status":[{"system":"Apps","status":"green"},{"system":"Tools","status":"yellow"}],"incidents":[{"id":1,"title":"T","state":"open"}],
                "scheduled":[{"id":2,"title":"W","state":"scheduled"}]}
                """, verdict: .degraded, incidents: 1, maintenances: 1, troubled: 1),
        Sample(
            name: "an instance with what is wrong and what is planned", kind: .salesforce,
            body: """
                {"key":"NA1","status":"MINOR_INCIDENT_CORE","isActive":true,"Incidents":[{"id":7,"IncidentImpacts":[{"severity":"minor",
                "startTime":"2026-11-23T09:00:00Z","endTime":null}]},{"id":6,"IncidentImpacts":[{"severity":"major",
                "startTime":"2026-11-01T09:00:00Z","endTime":"2026-11-01T10:00:00Z"}]}],
                "Maintenances":[{"id":8,"name":"W","plannedStartTime":"2026-11-29T09:00:00Z","plannedEndTime":"2026-11-29T10:00:00Z"}]}
                """, verdict: .degraded, incidents: 1, maintenances: 1, troubled: 1),
        Sample(
            name: "one instance", kind: .salesforce,
            body:
                #"[{"key":"NA1","environment":"production","status":"MAJOR_INCIDENT_CORE"},{"key":"NA2","environment":"p","status":"OK"}]"#,
            verdict: .majorOutage, troubled: 1),
        Sample(
            name: "version 3", kind: .cachet,
            body:
                #"{"data":[{"id":1,"attributes":{"name":"API","status":{"value":3,"human":"Partial"}}},{"id":2,"name":"Web","status":1}]}"#,
            verdict: .partialOutage, troubled: 1, isTelling: true),
        Sample(
            name: "incidents, whose 4 is fixed", kind: .cachet,
            body: #"{"data":[{"id":1,"component_id":0,"name":"T","status":4,"message":"Fixed"}]}"#, verdict: .unknown),
        Sample(
            name: "disrupted", kind: .cstate,
            body:
                #"{"summaryStatus":"disrupted","systems":[{"name":"API","status":"disrupted"}],"pinnedIssues":[{"title":"T","resolved":false}]}"#,
            verdict: .partialOutage, incidents: 1, troubled: 1),
        Sample(
            name: "an issue of a system and pinned", kind: .cstate,
            body: """
                {"summaryStatus":"down","systems":[{"name":"API","status":"down","unresolvedIssues":[{"title":"T","severity":"down",
                "resolved":false,"permalink":"p"}]}],"pinnedIssues":[{"title":"T","severity":"down","resolved":false,"permalink":"p"}]}
                """, verdict: .majorOutage, incidents: 1, troubled: 1),
        Sample(
            name: "one down, one paused", kind: .uptimerobot,
            body: """
                {"status":"ok","data":[{"monitorId":1,"name":"A","statusClass":"danger"},{"monitorId":2,"name":"B","statusClass":"paused"}]}
                """, verdict: .majorOutage, troubled: 1),
        Sample(name: "partly", kind: .sorry, body: #"{"page":{"id":1,"state":"partially-degraded"}}"#, verdict: .degraded),
        Sample(
            name: "components alone", kind: .sorry, body: #"{"response":[{"id":1,"name":"API","state":"operational"}]}"#,
            verdict: .operational),
        Sample(
            name: "its sentence over two lines", kind: .signal,
            body: "<html><title>Signal Status</title><p>Signal is <b>up\n and</b> running.</p></html>", verdict: .operational),
        Sample(
            name: "another sentence", kind: .signal, body: "<html><title>Signal Status</title>Signal has trouble.</html>",
            verdict: .unknown),
        Sample(
            name: "resolved after its updates", kind: .rss,
            body: """
                <rss><channel><item><title>T</title><guid>1</guid><pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate><description>
                &lt;strong&gt;Resolved&lt;/strong&gt; - x &lt;strong&gt;Investigating&lt;/strong&gt;</description></item>
                <item><title>Old</title><pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate><description>open</description></item></channel></rss>
                """, verdict: .operational),
        Sample(
            name: "incident.io's label, the state within it", kind: .rss,
            body: """
                <rss><channel><item><title>A</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[<b>Status: Resolved</b>
                <br/>Fine.<br/><b>Affected components</b>]]></description></item><item><title>B</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>
                <description><![CDATA[<b>Status: Monitoring</b><br/>x]]></description></item></channel></rss>
                """, verdict: .degraded, incidents: 1),
        Sample(
            name: "work under way is no outage, and none for ever", kind: .rss,
            body: """
                <rss><channel><item><title>A</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[<strong>In progress
                </strong> - x <strong>Scheduled</strong> - y]]></description></item><item><title>B</title>
                <pubDate>Mon, 23 Feb 2026 08:00:00 GMT</pubDate><description><![CDATA[<strong>Verifying</strong>]]></description></item></channel></rss>
                """, verdict: .maintenance, maintenances: 1),
        Sample(
            name: "news of planned work is no incident", kind: .rss,
            body: """
                <rss><channel><item><title>A</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[<strong>Update</strong>
                - x <strong>Scheduled</strong> - y]]></description></item></channel></rss>
                """, verdict: .operational),
        Sample(
            name: "titles that end, and one that only begins alike", kind: .rss,
            body: """
                <rss><channel><item><title>[Resolved] A</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate></item><item><title>Pirates in the
                chat</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>
                """, verdict: .degraded, incidents: 1),
        Sample(
            name: "AWS's updates, of which the newest on each service counts", kind: .rss,
            body: """
                <rss><channel><item><title>Service impact: A</title><guid>https://status.aws.amazon.com/#s3-us-east-1_1</guid>
                <pubDate>Mon, 23 Nov 2026 00:30:00 PST</pubDate></item><item><title>Informational message: B</title>
                <guid>https://status.aws.amazon.com/#ec2-us-east-1_3</guid><pubDate>Mon, 23 Nov 2026 01:30:00 PST</pubDate>
                <description>The issue has been resolved.</description></item><item><title>Informational message: D</title>
                <guid>https://status.aws.amazon.com/#sns-us-east-1_1</guid><pubDate>Mon, 23 Nov 2026 01:30:00 PST</pubDate>
                <description>The service is operating normally.</description></item>
                <item><title>Service disruption: B</title><guid>https://status.aws.amazon.com/#ec2-us-east-1_2</guid>
                <pubDate>Mon, 23 Nov 2026 00:30:00 PST</pubDate></item><item><title>Service disruption: C</title>
                <guid>https://status.aws.amazon.com/#sqs-us-east-1_1</guid><pubDate>Sat, 21 Nov 2026 00:30:00 PST</pubDate></item></channel></rss>
                """, verdict: .degraded, incidents: 1),
        Sample(
            name: "work going on", kind: .atom,
            body: """
                <feed><entry><id>1</id><title>W</title><published>2026-11-23T09:00:00Z</published><content type="html">
                &lt;strong&gt;THIS IS A SCHEDULED EVENT&lt;/strong&gt; &lt;strong&gt;In progress&lt;/strong&gt; - x</content></entry></feed>
                """, verdict: .maintenance, maintenances: 1),
    ]
}
