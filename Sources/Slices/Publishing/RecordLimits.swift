import Law

/// What an edition's record may hold at most, and in what form.
///
/// - Law: none; limits on everything that grows. 公文 have fifteen kinds (党政机关公文处理工作条例 art. 8), but other papers
///   are published too, so a kind is any short word.
extension EditionRecord {
    package static let titleMax = 300
    package static let textBytesMax = 2_097_152
    package static let numberMax = 100
    package static let kindMax = 20
    package static let addresseesMax = 1000
    package static let opennessMax = 40
    package static let issuerMax = 100
    package static let attachmentsMax = 200
    package static let attachmentNameMax = 300
    package static let attachmentAddressBytesMax = 2000

    /// Whatever the record comes from.
    func check() throws {
        guard !title.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
            throw PublishingProblem.titleMissing
        }
        if text.utf8.count > Self.textBytesMax {
            throw PublishingProblem.tooLong("正文", limit: Self.textBytesMax, unit: "字节")
        }
        try check(title, "标题", max: Self.titleMax)
        try check(documentNumber, "发文字号", max: Self.numberMax)
        try check(indexNumber ?? "", "索引号", max: Self.numberMax)
        try check(documentKind ?? "", "公文种类", max: Self.kindMax)
        try check(addressees ?? "", "主送机关", max: Self.addresseesMax)
        try check(openness ?? "", "公开属性", max: Self.opennessMax)
        try check(issuer ?? "", "印发机关", max: Self.issuerMax)
        guard attachments?.count ?? 0 <= Self.attachmentsMax else {
            throw PublishingProblem.tooLong("附件", limit: Self.attachmentsMax, unit: "个")
        }
        for attachment in attachments ?? [] { try attachment.check() }
    }

    private func check(_ text: String, _ name: String, max: Int) throws {
        if text.unicodeScalars.count > max { throw PublishingProblem.tooLong(name, limit: max) }
    }

    /// What was typed holds no control characters; the text may have lines.
    func checkText() throws {
        try EnteredText(title, as: "标题（--title）").checkLine(max: Self.titleMax)
        try EnteredText(documentNumber, as: "发文字号（--document-number）").checkLine(max: Self.numberMax)
        try EnteredText(indexNumber ?? "", as: "索引号（--index-number）").checkLine(max: Self.numberMax)
        try EnteredText(documentKind ?? "", as: "公文种类（--document-kind）").checkLine(max: Self.kindMax)
        try EnteredText(addressees ?? "", as: "主送机关（--addressees）").checkLine(max: Self.addresseesMax)
        try EnteredText(openness ?? "", as: "公开属性（--openness）").checkLine(max: Self.opennessMax)
        try EnteredText(issuer ?? "", as: "印发机关（--issuer）").checkLine(max: Self.issuerMax)
        for attachment in attachments ?? [] {
            try EnteredText(attachment.name, as: "附件名称（--attachment）").checkLine(max: Self.attachmentNameMax)
        }
        try EnteredText(text, as: "正文（--text）").checkLines()
    }

    /// The bytes that are stored and hashed: JSON with sorted keys.
    package func bytes() throws -> [UInt8] {
        try RecordJSON.bytes(of: self)
    }
}

extension EditionRecord.Attachment {
    fileprivate func check() throws {
        guard !name.unicodeScalars.allSatisfy(\.properties.isWhitespace),
            name.unicodeScalars.count <= EditionRecord.attachmentNameMax
        else { throw PublishingProblem.attachmentNameUnusable(name) }
        if let address, !Self.isWeb(address) { throw PublishingProblem.attachmentAddressUnusable(address) }
    }

    /// A page may link to it: http or https, no blanks, no control characters, nothing that ends an attribute.
    private static func isWeb(_ address: String) -> Bool {
        let rest = ["https://", "http://"].first { address.lowercased().hasPrefix($0) }.map {
            address.dropFirst($0.count)
        }
        guard let rest, !rest.isEmpty, address.utf8.count <= EditionRecord.attachmentAddressBytesMax else {
            return false
        }
        return address.unicodeScalars.allSatisfy {
            !$0.properties.isWhitespace && $0.value > 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "<"
        }
    }
}
