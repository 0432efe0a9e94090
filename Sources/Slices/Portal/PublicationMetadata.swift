import CivilTime
import People
import Publishing
import Web

/// What the page of a document says of itself to programs.
///
/// - Law: 国办发〔2017〕47号 政府网站发展指引, on the marks of pages: column and article.
extension PublicationBody {
    var metadata: PageMetadata {
        var metadata = PageMetadata(canonical: canonical, thing: document)
        if let field = value.field.value {
            metadata.say(column: field, in: value.jurisdictionName)
        }
        metadata.say("ArticleTitle", record?.title ?? row.title)
        metadata.say("PubDate", published)
        metadata.say("ContentSource", record.map { SourceName.of($0.sourceName) })
        metadata.say("Keywords", keywords.joined(separator: ","))
        metadata.say("Description", beginning)
        return metadata
    }

    /// An older edition is a page of its own; the one in force is found under the document's address.
    private var canonical: Link { isOlder ? value.receiptPlace : row.link }

    /// To the minute where that is known: of ours it is, and of others where they print it.
    private var published: String? {
        guard let day = row.day.value, let first = value.history.first else { return nil }
        if row.origin == .local { return clockText(first.releasedAt) ?? "\(day)" }
        guard let claimed = first.claimedAt.value, claimed.hasPrefix("\(day) "), claimed.utf8.count >= 16
        else {
            return "\(day)"
        }
        return String(claimed.prefix(16))
    }

    private var keywords: [String] {
        let named = [row.itemTitle.value, value.projectTitle.value, row.body.isEmpty ? nil : row.bodyName]
        return named.compactMap(\.self).filter { !$0.isEmpty }
    }

    private static let beginningMax = 120

    /// The first words of the text; nil where its words are not shown.
    private var beginning: String? {
        guard let record else { return nil }
        let words = record.plainText.unicodeScalars.prefix(4 * Self.beginningMax)
            .split(whereSeparator: Self.isBlank)
        let beginning = words.map { String($0) }.joined(separator: " ")
        return String(beginning.unicodeScalars.prefix(Self.beginningMax))
    }

    /// No character beyond the ideographic space, U+3000, is a blank; to look each up is dear.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x3000 && scalar.properties.isWhitespace
    }

    private var document: Thing {
        var document = Thing("DigitalDocument")
        document.add("url", .link(canonical))
        document.add("inLanguage", "zh-Hans")
        document.add("datePublished", row.day.value?.description)
        if value.edition.kind == .correction {
            document.add("dateModified", value.edition.releasedAt)
        }
        document.add("version", String(value.edition.number))
        document.add("identifier", record?.indexNumber)
        document.add("identifier", record?.documentNumber)
        document.add("publisher", publisher.map(Thing.Value.thing))
        document.add("about", row.itemTitle.value)
        document.add("isPartOf", column.map(Thing.Value.thing))
        document.add("isBasedOn", record.flatMap { Link(outside: $0.address) }.map(Thing.Value.link))
        for attachment in record?.attachments ?? [] {
            document.add("associatedMedia", .thing(Self.media(attachment)))
        }
        return document
    }

    private var publisher: Thing? {
        guard !row.body.isEmpty else { return nil }
        var publisher = Thing(value.bodyKind.value == .organ ? "GovernmentOrganization" : "Organization")
        publisher.add("name", row.bodyName)
        publisher.add("url", .link("/bodies/\(row.body)"))
        return publisher
    }

    private var column: Thing? {
        guard let field = value.field.value else { return nil }
        var column = Thing("CollectionPage")
        column.add("name", value.jurisdictionName + " " + field)
        column.add("url", .link(FieldColumn.link(to: field, in: row.jurisdiction)))
        return column
    }

    private static func media(_ attachment: EditionRecord.Attachment) -> Thing {
        var media = Thing("MediaObject")
        media.add("name", attachment.name)
        media.add("contentUrl", attachment.address.flatMap { Link(outside: $0) }.map(Thing.Value.link))
        media.add("sha256", attachment.sha256)
        return media
    }
}

extension PageMetadata {
    /// The column that a page is or stands in: all columns of the portal are of the disclosure of government information.
    mutating func say(column field: String, in place: String, named name: String? = nil) {
        say("ColumnName", field)
        say("ColumnDescription", "\(place)\(name.map { " · " + $0 } ?? "") · \(field)信息公开")
        say("ColumnKeywords", [field, place, "信息公开"].joined(separator: ","))
        say("ColumnType", "信息公开")
    }
}
