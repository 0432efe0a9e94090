import CExpat

/// One step through an XML document; names without their prefix.
enum XMLStep {
    case open(String, [String: String])
    case close(String)
    /// All text between two tags.
    case text(String)
}

/// Walks through an XML document step by step (expat). A document type, and with it every entity, is refused.
enum XMLWalk {
    private static let depthMax = 50

    /// - Parameters:
    ///   - place: named in errors.
    ///   - step: told in the order of the document; what it throws ends the walk.
    static func walk(
        _ bytes: [UInt8], in place: String, _ step: @escaping (XMLStep) throws(SheetError) -> Void
    )
        throws(SheetError)
    {
        // "|" parts the namespace from the name: no namespace of an office file holds one.
        guard let parser = XML_ParserCreateNS("UTF-8", XML_Char(UInt8(ascii: "|"))) else {
            throw SheetError(.notXML, in: place)
        }
        defer { XML_ParserFree(parser) }
        let walker = Walker(parser: parser, place: place, step: step)
        let known = Unmanaged.passUnretained(walker).toOpaque()
        XML_SetUserData(parser, known)
        XML_SetElementHandler(
            parser, { Walker.of($0)?.open($1, $2) }, { data, _ in Walker.of(data)?.close() })
        XML_SetCharacterDataHandler(parser) { Walker.of($0)?.add($1, count: $2) }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in Walker.of(data)?.refuseType() }
        let status = bytes.withUnsafeBytes { buffer in
            XML_Parse(parser, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), 1)
        }
        if let failure = walker.failure { throw failure }
        guard status == XML_STATUS_OK else { throw SheetError(.notXML, in: place) }
    }

    /// What the parser calls back to; lives as long as one walk.
    private final class Walker {
        let parser: XML_Parser
        let place: String
        let step: (XMLStep) throws(SheetError) -> Void
        private(set) var failure: SheetError?
        private var names: [String] = []
        private var text: [UInt8] = []

        init(parser: XML_Parser, place: String, step: @escaping (XMLStep) throws(SheetError) -> Void) {
            self.parser = parser
            self.place = place
            self.step = step
        }

        static func of(_ data: UnsafeMutableRawPointer?) -> Walker? {
            data.map { Unmanaged<Walker>.fromOpaque($0).takeUnretainedValue() }
        }

        func open(
            _ name: UnsafePointer<XML_Char>?,
            _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
        ) {
            guard names.count < XMLWalk.depthMax else { return fail(SheetError(.tooDeep, in: place)) }
            tellText()
            let name = Walker.local(name)
            names.append(name)
            var found: [String: String] = [:]
            var index = 0
            while let attributes, let key = attributes[index], let value = attributes[index + 1] {
                found[Walker.local(key)] = String(cString: value)
                index += 2
            }
            tell(.open(name, found))
        }

        func close() {
            tellText()
            if let name = names.popLast() { tell(.close(name)) }
        }

        func add(_ piece: UnsafePointer<XML_Char>?, count: Int32) {
            guard let piece else { return }
            let bytes = UnsafeRawBufferPointer(start: piece, count: Int(count))
            text.append(contentsOf: bytes)
        }

        func refuseType() { fail(SheetError(.documentType, in: place)) }

        private func tellText() {
            guard !text.isEmpty else { return }
            tell(.text(String(decoding: text, as: UTF8.self)))
            text = []
        }

        private func tell(_ step: XMLStep) {
            guard failure == nil else { return }
            do throws(SheetError) {
                try self.step(step)
            } catch {
                fail(error)
            }
        }

        private func fail(_ error: SheetError) {
            if failure == nil { failure = error }
            XML_StopParser(parser, XML_Bool(XML_FALSE))
        }

        private static func local(_ name: UnsafePointer<XML_Char>?) -> String {
            guard let name else { return "" }
            let whole = String(cString: name)
            return whole.split(separator: "|").last.map(String.init) ?? whole
        }
    }
}
