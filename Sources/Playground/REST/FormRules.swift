/// Discord's limits for what is offered while somebody types, and for forms.
enum FormRules {
    static func check(choices: [JSON], of kind: Interaction.Kind) throws(Refused) {
        guard kind == .completion else { throw mistake("type", "Choices are for what is being typed only.") }
        guard choices.count <= 25 else { throw mistake("choices", "Must be 25 or fewer in length.") }
        for choice in choices {
            for field in ["name", "value"] { try length(of: choice[field], 1...100, "choices") }
        }
    }

    static func check(form: JSON, of kind: Interaction.Kind) throws(Refused) {
        guard kind == .command || kind == .component else { throw mistake("type", "A form cannot be opened here.") }
        try length(of: form["custom_id"], 1...100, "custom_id")
        try length(of: form["title"], 1...45, "title")
        let rows = form["components"]?.array ?? []
        guard (1...5).contains(rows.count) else { throw mistake("components", "Must be between 1 and 5 in length.") }
        for row in rows {
            let field = row["components"]?.array?.first ?? row["component"]
            guard let field, field["type"]?.integer == 4 else { throw mistake("components", "Only texts can be filled in here.") }
            try length(of: field["custom_id"], 1...100, "components")
            guard let style = field["style"]?.integer, (1...2).contains(style) else {
                throw mistake("components", "Value must be one of {1, 2}.")
            }
            // Under a label of the newer kind the words stand in the label.
            try length(of: field["label"] ?? row["label"], 1...45, "components")
        }
    }

    private static func length(of value: JSON?, _ range: ClosedRange<Int>, _ field: String) throws(Refused) {
        guard let text = value?.string, range.contains(text.utf16.count) else {
            throw mistake(field, "Must be between \(range.lowerBound) and \(range.upperBound) in length.")
        }
    }

    private static func mistake(_ field: String, _ message: String) -> Refused {
        .invalid(field, code: "BASE_TYPE_BAD_LENGTH", message: message)
    }
}
