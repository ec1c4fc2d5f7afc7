import Replies
import Status
import Testing

@Suite("The ladders as they are written")
struct LadderTextTests {
    let composer: ReplyComposer
    var catalog: ResponseCatalog { composer.catalog }

    init() throws {
        composer = try Samples.composer()
    }

    @Test("harmless before destructive, and reset before reinstall", arguments: Symptom.allCases)
    func order(symptom: Symptom) {
        let order = catalog.order(for: symptom)
        #expect(!order.isEmpty)
        let firstLoss = order.firstIndex(where: \.isDestructive) ?? order.endIndex
        #expect(order[firstLoss...].allSatisfy { $0.isDestructive })
        let reset = order.firstIndex { $0.id == "reset" }
        let reinstall = order.firstIndex { $0.id == "reinstall" }
        #expect((reset == nil) == (reinstall == nil))
        if let reset, let reinstall { #expect(reset < reinstall) }
    }

    @Test("nothing that erases is offered for what no reinstall can mend")
    func noReinstallForTheNetwork() {
        for symptom in [Symptom.cannotConnect, .cannotSend, .cannotLogin, .slow, .mediaFails] {
            #expect(!catalog.order(for: symptom).contains { $0.isDestructive }, "\(symptom)")
        }
    }

    @Test(
        "the loss is named before the step, on a page of its own", arguments: [Platform?.none, .android, .ios], Samples.services)
    func lossFirst(platform: Platform?, service: Service) throws {
        for page in Samples.pages(.crash, platform: platform, service: service, by: composer) {
            let steps = page.paragraphs.filter { $0.contains(". Reset ") || $0.contains(". Reinstall ") }
            for step in steps {
                let loss = try #require(step.firstRange(of: "**This erases"))
                let title = try #require(step.firstRange(of: ". Re"))
                #expect(loss.lowerBound < title.lowerBound)
                #expect(page.text.ranges(of: #/\*\*\d+\. /#).count == 1)
            }
        }
    }

    @Test("on Android the store's listing is to be seen before anything is uninstalled")
    func listingFirst() throws {
        let pages = Samples.pages(.crash, platform: .android, by: composer)
        let paragraphs: [String] = pages.flatMap(\.paragraphs)
        let step = try #require(paragraphs.first { $0.contains("Reinstall Kik") })
        let listing = try #require(step.firstRange(of: "play.google.com"))
        let stop = try #require(step.firstRange(of: "stop: you could not get it back"))
        let uninstall = try #require(step.firstRange(of: "Uninstall"))
        #expect(listing.lowerBound < stop.lowerBound && stop.lowerBound < uninstall.lowerBound)
    }

    @Test("walking on shows every allowed step once, in order, and ends with who can help", arguments: Symptom.allCases)
    func walk(symptom: Symptom) throws {
        let pages = Samples.pages(symptom, by: composer)
        let numbers = pages.flatMap { page in page.text.matches(of: #/\*\*(\d+)\. /#).compactMap { Int($0.1) } }
        #expect(numbers == Array(1...catalog.order(for: symptom).count))
        let last = try #require(pages.last)
        #expect(last.text.contains("https://help.kik.com"))
        #expect(pages.dropLast(2).allSatisfy { $0.text.contains("Did that help?") })
    }

    @Test("a platform that is named gets its own way and no other")
    func onePlatform() {
        let android = composer.compose(
            .fixes(.crash, platform: .android), service: Samples.kik, verdict: Samples.up, at: Samples.now)
        #expect(android.text.contains("Android: ") && !android.text.contains("iPhone: "))
        let both = composer.compose(.fixes(.crash), service: Samples.kik, verdict: Samples.up, at: Samples.now)
        #expect(both.text.contains("Android: ") && both.text.contains("iPhone: "))
    }

    @Test(
        "a device without Kik gets an honest word and no steps",
        arguments: [(Platform.windowsPhone, "withdrawn"), (.windows, "no Kik for computers"), (.mac, "no Kik"), (.web, "no Kik")]
    )
    func elsewhere(platform: Platform, words: String) {
        let reply = composer.compose(
            .fixes(.crash, platform: platform), service: Samples.kik, verdict: Samples.up, at: Samples.now)
        #expect(reply.text.contains(words))
        #expect(!reply.text.contains("**1. "))
    }
}
