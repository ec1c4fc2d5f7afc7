/// Discord's limits for action rows, buttons and select menus. What components V2 add is taken as it is.
enum ComponentRules {
    static func check(_ components: [JSON], isV2: Bool) throws(Refused) {
        guard !isV2 else { return }
        guard components.count <= 5 else { throw mistake("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.") }
        var ids: Set<String> = []
        for row in components {
            guard row["type"]?.integer == 1, let inner = row["components"]?.array, (1...5).contains(inner.count) else {
                throw mistake("UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,), with 1 to 5 components.")
            }
            for component in inner {
                try check(component, alone: inner.count == 1)
                guard let id = component["custom_id"]?.string else { continue }
                guard ids.insert(id).inserted else {
                    throw mistake("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
                }
            }
        }
    }

    private static func check(_ component: JSON, alone: Bool) throws(Refused) {
        switch component["type"]?.integer {
        case 2: try check(button: component)
        case 3, 5, 6, 7, 8:
            guard alone else { throw mistake("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select menu fills its row") }
            try length(of: component["custom_id"], 1...100)
            if let placeholder = component["placeholder"] { try length(of: placeholder, 0...150) }
            guard component["type"]?.integer == 3 else { return }
            guard let options = component["options"]?.array, (1...25).contains(options.count) else {
                throw mistake("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
            }
            for option in options {
                try length(of: option["label"], 1...100)
                try length(of: option["value"], 1...100)
                if let description = option["description"] { try length(of: description, 0...100) }
            }
        default: throw mistake("BASE_TYPE_CHOICES", "Value must be one of {2, 3, 5, 6, 7, 8}.")
        }
    }

    private static func check(button: JSON) throws(Refused) {
        if let label = button["label"] { try length(of: label, 0...80) }
        switch button["style"]?.integer {
        case 1, 2, 3, 4:
            try length(of: button["custom_id"], 1...100)
            guard button["url"] == nil else { throw mistake("BUTTON_COMPONENT_URL", "A url is for link buttons only") }
        case 5:
            try length(of: button["url"], 1...512)
            guard button["custom_id"] == nil else {
                throw mistake("BUTTON_COMPONENT_CUSTOM_ID", "A link button has no custom id")
            }
        case 6: break
        default: throw mistake("BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
        }
        guard button["label"] != nil || button["emoji"] != nil || button["style"]?.integer == 6 else {
            throw mistake("BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")
        }
    }

    private static func length(of value: JSON?, _ range: ClosedRange<Int>) throws(Refused) {
        guard let text = value?.string, range.contains(text.utf16.count) else {
            throw mistake("BASE_TYPE_BAD_LENGTH", "Must be between \(range.lowerBound) and \(range.upperBound) in length.")
        }
    }

    private static func mistake(_ code: String, _ message: String) -> Refused {
        .invalid("components", code: code, message: message)
    }
}
