/// `Package.swift` read as a table: each target, its folder and the modules it may import.
///
/// The text is parsed, because `swift package dump-package` inside a test waits for the lock that the
/// running `swift test` holds. What cannot be read as a table is an error, never skipped.
struct PackageTable {
    struct Target: Hashable {
        let name: String
        let folder: String
        let dependencies: [String]

        /// Whether it stands among the tests: test targets, and the scaffolding that they share.
        var isTest: Bool { folder.hasPrefix("Tests/") }
    }

    let targets: [Target]

    /// - Throws: `Unreadable`, with the line, when the manifest is no longer written as a table.
    init(manifest: String) throws {
        var parser = ManifestParser(manifest)
        targets = try parser.table()
    }

    subscript(name: String) -> Target? { targets.first { $0.name == name } }

    /// The target whose folder holds that file; the deepest one where folders are nested.
    func owner(of path: String) -> Target? {
        targets.filter { path.hasPrefix($0.folder + "/") }.max { $0.folder.count < $1.folder.count }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let line: Int
        let expected: String
        var description: String { "Package.swift:\(line): cannot be read as a table: expected \(expected)" }
    }
}

/// The few shapes of expression that the manifest is written in.
private indirect enum Expression {
    case string(String)
    case name(String)
    case list([Expression])
    case call(String, [(label: String?, value: Expression)])
}

private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}

private struct ManifestParser {
    private enum Token: Equatable {
        case word(String), string(String), mark(Character)
    }

    private var tokens: [(token: Token, line: Int)] = []
    private var position = 0

    init(_ manifest: String) {
        // The scanner that reads our sources takes the comments away here too.
        let file = SourceFile(path: "Package.swift", text: manifest)
        let strings = Dictionary(uniqueKeysWithValues: file.literals.map { ($0.bytes.lowerBound, $0) })
        let code = Array(file.code.utf8)
        var index = 0
        var line = 1
        while index < code.count {
            if let string = strings[index] {
                tokens.append((.string(string.content), line))
                index = string.bytes.upperBound
            } else if isWordByte(code[index]) {
                let end = code[index...].firstIndex { !isWordByte($0) } ?? code.count
                tokens.append((.word(String(decoding: code[index..<end], as: UTF8.self)), line))
                index = end
            } else {
                if code[index] == UInt8(ascii: "\n") { line += 1 }
                if code[index] > 0x20 { tokens.append((.mark(Character(Unicode.Scalar(code[index]))), line)) }
                index += 1
            }
        }
    }

    mutating func table() throws -> [PackageTable.Target] {
        let products = try namedProducts()
        guard let start = tokens.indices.first(where: { isPackage(at: $0) }) else {
            throw unreadable("`let package = Package(`")
        }
        position = start
        guard case .call(_, let arguments) = try expression(),
            case .list(let targets)? = arguments.first(where: { $0.label == "targets" })?.value
        else { throw unreadable("`targets: [`") }
        return try targets.map { try target($0, products: products) }
    }

    private func isPackage(at index: Int) -> Bool {
        index >= 2 && tokens[index].token == .word("Package") && tokens[index - 1].token == .mark("=")
            && tokens[index - 2].token == .word("package")
    }

    /// `let grdb = Target.Dependency.product(name: "GRDB", package: …)`: the module by the constant's name.
    private mutating func namedProducts() throws -> [String: String] {
        var products: [String: String] = [:]
        for index in tokens.indices.dropLast(3)
        where tokens[index].token == .word("let") && tokens[index + 2].token == .mark("=")
            && tokens[index + 3].token == .word("Target")
        {
            guard case .word(let constant) = tokens[index + 1].token else { continue }
            position = index + 3
            guard case .call("Target.Dependency.product", let arguments) = try expression(),
                case .string(let product)? = arguments.first(where: { $0.label == "name" })?.value
            else { throw unreadable("`Target.Dependency.product(name:`") }
            products[constant] = product
        }
        return products
    }

    private func target(_ expression: Expression, products: [String: String]) throws -> PackageTable.Target {
        guard case .call(let kind, let arguments) = expression else { throw unreadable("a target") }
        func string(_ label: String?) -> String? {
            guard case .string(let text)? = arguments.first(where: { $0.label == label })?.value else {
                return nil
            }
            return text
        }
        func modules(_ label: String?) throws -> [String] {
            for argument in arguments where argument.label == label {
                if case .list(let elements) = argument.value {
                    return try elements.map { try module($0, products: products) }
                }
            }
            return []
        }
        switch kind {
        case "ring":
            guard let name = string(nil), let folder = string("in") else {
                throw unreadable("`ring(_:in:_:)`")
            }
            return .init(
                name: name, folder: "Sources/\(folder)", dependencies: try modules(nil))
        case "tests":
            guard let name = string(nil) else { throw unreadable("`tests(_:_:)`") }
            return .init(
                name: name + "Tests", folder: "Tests/\(name)Tests", dependencies: try modules(nil) + [name])
        case ".target", ".executableTarget", ".testTarget", ".systemLibrary":
            guard let name = string("name") else { throw unreadable("`name:` of \(kind)") }
            let parent = kind == ".testTarget" ? "Tests" : "Sources"
            return .init(
                name: name, folder: string("path") ?? "\(parent)/\(name)",
                dependencies: try modules("dependencies"))
        default:
            throw unreadable("ring, tests or a SwiftPM target, not `\(kind)`")
        }
    }

    private func module(_ expression: Expression, products: [String: String]) throws -> String {
        switch expression {
        case .string(let name): return name
        case .name(let constant):
            guard let product = products[constant] else { throw unreadable("a product named `\(constant)`") }
            return product
        case .call(".target", let arguments), .call(".product", let arguments),
            .call(".byName", let arguments):
            guard case .string(let name)? = arguments.first(where: { $0.label == "name" })?.value else {
                throw unreadable("`name:` of a dependency")
            }
            return name
        default: throw unreadable("a dependency")
        }
    }

    private mutating func expression() throws -> Expression {
        if case .string(let text)? = peek {
            position += 1
            return .string(text)
        }
        if take("[") {
            var elements: [Expression] = []
            while !take("]") {
                elements.append(try expression())
                if take(":") { _ = try expression() }
                _ = take(",")
            }
            return .list(elements)
        }
        let name = try dottedName()
        guard take("(") else { return .name(name) }
        var arguments: [(label: String?, value: Expression)] = []
        while !take(")") {
            var label: String?
            if case .word(let word)? = peek, position + 1 < tokens.count,
                tokens[position + 1].token == .mark(":")
            {
                label = word
                position += 2
            }
            arguments.append((label, try expression()))
            _ = take(",")
        }
        return .call(name, arguments)
    }

    private mutating func dottedName() throws -> String {
        var name = take(".") ? "." : ""
        while case .word(let word)? = peek {
            position += 1
            name += word
            if take(".") { name += "." } else { break }
        }
        guard name.contains(where: \.isLetter) else { throw unreadable("a name, a string, a list or a call") }
        return name
    }

    private var peek: Token? { position < tokens.count ? tokens[position].token : nil }

    private mutating func take(_ mark: Character) -> Bool {
        guard peek == .mark(mark) else { return false }
        position += 1
        return true
    }

    private func unreadable(_ expected: String) -> PackageTable.Unreadable {
        .init(line: position < tokens.count ? tokens[position].line : 0, expected: expected)
    }
}
