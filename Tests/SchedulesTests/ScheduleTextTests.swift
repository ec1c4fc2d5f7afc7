import Schedules
import Testing

@Suite("Schedules in plain words")
struct ScheduleTextTests {
    @Test(
        "are what cron writes",
        arguments: [
            ("every day at 09:00", "0 9 * * *"), ("daily at 9", "0 9 * * *"), ("weekdays 8:30", "30 8 * * 1-5"),
            ("Every Weekday at 8.30", "30 8 * * 1-5"), ("weekends at noon", "0 12 * * 0,6"), ("mondays at 7pm", "0 19 * * 1"),
            ("mon, wed and fri at 7:15 am", "15 7 * * 1,3,5"), ("every 2 hours", "0 */2 * * *"), ("hourly", "0 * * * *"),
            ("every 15 minutes", "*/15 * * * *"), ("every hour on weekdays", "0 * * * 1-5"), ("on the 1st at noon", "0 12 1 * *"),
            ("on the 1st and 15th at 6", "0 6 1,15 * *"), ("monthly at midnight", "0 0 1 * *"),
            ("every day at 9 and 18", "0 9,18 * * *"),
            ("12am every day", "0 0 * * *"), ("12 pm every day", "0 12 * * *"), ("thursday 23:59", "59 23 * * 4"),
            ("30 8 * * mon-fri", "30 8 * * 1-5"), ("@daily", "0 0 * * *"), ("*/5 * * * *", "*/5 * * * *"),
        ])
    func words(text: String, cron: String) throws {
        #expect(try ScheduleText.read(text) == CronExpression(cron), "\(text)")
    }

    @Test(
        "that are none say what is missing",
        arguments: [
            ("every day", "At what time?"), ("weekdays", "At what time?"), ("", "I don't understand"),
            ("at", "I don't understand"),
            ("every 7 hours", "does not come out even"), ("every 0 minutes", "does not come out even"),
            ("every day at 25:00", "“25:00”"),
            ("every blue moon", "“blue”"), ("every 2 hours at 9", "not both"), ("9:30 and 18:00", "same minute"),
            ("on the 31st of february", "“february”"), ("every day at 13pm", "“13pm”"), ("61 * * * *", "no minute"),
            (String(repeating: "mon ", count: 100), "too long"),
        ])
    func wrong(text: String, says: String) {
        do {
            let expression = try ScheduleText.read(text)
            Issue.record("“\(text.prefix(40))” was taken as \(expression)")
        } catch {
            #expect(error.description.contains(says), "\(error.description)")
        }
    }
}
