/// A value that is written as `null` when it is missing, so that every row has the same keys.
struct OrNull<Value: Encodable & Sendable>: Encodable, Sendable {
    let value: Value?

    init(_ value: Value?) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension OrNull<String> {
    /// Empty text is a missing value in the stores.
    init(text: String) {
        self.init(text.isEmpty ? nil : text)
    }
}
