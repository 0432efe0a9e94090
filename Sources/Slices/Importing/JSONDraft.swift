extension JSONValue {
    /// The value on lines of its own, for a person to read and change: members keep their order.
    package var draft: String {
        var text = ""
        write(to: &text, indent: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indent: Int) {
        switch self {
        case .object(let members) where !members.isEmpty:
            text += "{\n"
            for (index, member) in members.enumerated() {
                text += String(repeating: "  ", count: indent + 1)
                text += JSONValue.string(member.name).line + ": "
                member.value.write(to: &text, indent: indent + 1)
                text += index + 1 < members.count ? ",\n" : "\n"
            }
            text += String(repeating: "  ", count: indent) + "}"
        case .array(let values) where values.contains { $0.members != nil }:
            text += "[\n"
            for (index, value) in values.enumerated() {
                text += String(repeating: "  ", count: indent + 1) + value.line
                text += index + 1 < values.count ? ",\n" : "\n"
            }
            text += String(repeating: "  ", count: indent) + "]"
        default: text += line
        }
    }

    /// On one line, a blank after each sign.
    private var line: String {
        switch self {
        case .object(let members):
            "{"
                + members.map { JSONValue.string($0.name).line + ": " + $0.value.line }.joined(
                    separator: ", ")
                + "}"
        case .array(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
        default: String(decoding: canonicalBytes, as: UTF8.self)
        }
    }
}
