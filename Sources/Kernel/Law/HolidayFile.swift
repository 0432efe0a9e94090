import CivilTime
import Foundation

extension HolidayYears {
    /// A year's arrangement is some 2 kB.
    private static let fileBytesMax = 1_000_000

    /// Reads a holiday file and refuses it whole when anything in it is wrong.
    ///
    /// - Throws: `HolidayFileProblem` with the place in the file and what to do.
    package static func parse(_ bytes: [UInt8]) throws(HolidayFileProblem) -> HolidayYears {
        guard bytes.count <= fileBytesMax else {
            throw HolidayFileProblem(
                .tooLarge, at: "the file", "\(bytes.count) bytes, more than \(fileBytesMax)",
                remedy: "load the years' arrangements only")
        }
        return try HolidayYears(decode(bytes)).checked()
    }

    private static func decode(_ bytes: [UInt8]) throws(HolidayFileProblem) -> HolidayFile {
        do {
            return try JSONDecoder().decode(HolidayFile.self, from: Data(bytes))
        } catch let problem as HolidayFileProblem {
            throw problem
        } catch let problem as DecodingError {
            throw HolidayFileProblem(problem)
        } catch {
            throw HolidayFileProblem(
                .notJSON, at: "the file", "\(error)", remedy: "write the file as JSON in UTF-8")
        }
    }

    private init(_ file: HolidayFile) throws(HolidayFileProblem) {
        guard file.format == 1 else {
            throw HolidayFileProblem(
                .unknownFormat, at: "format", "format \(file.format) is not known here",
                remedy: "write \"format\": 1, or use a newer sundial")
        }
        var years: [Year] = []
        for (index, year) in file.years.enumerated() {
            years.append(try Year(year, at: "years[\(index)] (\(year.year))"))
        }
        self.init(version: file.version, years: years.sorted { $0.year < $1.year })
    }
}

extension HolidayYears.Year {
    fileprivate init(_ file: HolidayFile.Year, at place: String) throws(HolidayFileProblem) {
        var holidays: [HolidayYears.Holiday] = []
        for (index, holiday) in file.holidays.enumerated() {
            let there = "\(place) holidays[\(index)] (\(holiday.name))"
            holidays.append(try HolidayYears.Holiday(holiday, at: there))
        }
        self.init(
            year: file.year,
            notices: file.notices.map { HolidayYears.Notice(number: $0.number, address: $0.address) },
            holidays: holidays)
    }
}

extension HolidayYears.Holiday {
    fileprivate init(_ file: HolidayFile.Holiday, at place: String) throws(HolidayFileProblem) {
        var off: [ClosedRange<Day>] = []
        for text in file.off { off.append(try Self.span(text, at: place)) }
        var work: [Day] = []
        for text in file.work ?? [] { work.append(try Self.day(text, at: place)) }
        self.init(name: file.name, off: off, work: work, notice: file.notice ?? 1)
    }

    /// Reads `2027-10-01` or `2027-10-01/2027-10-07`.
    private static func span(_ text: String, at place: String) throws(HolidayFileProblem) -> ClosedRange<Day>
    {
        let ends = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let first = try day(ends[0], at: place)
        let last = ends.count == 1 ? first : try day(ends[1], at: place)
        guard first <= last, first.days(until: last) <= 30 else {
            throw HolidayFileProblem(
                .notADay, at: place, "\(text) is no span of 1 to 31 days",
                remedy: "write the first day, a slash and the last day")
        }
        return first...last
    }

    private static func day(_ text: String, at place: String) throws(HolidayFileProblem) -> Day {
        guard let day = Day(text) else {
            throw HolidayFileProblem(
                .notADay, at: place, "“\(text)” is not a day", remedy: "write days as YYYY-MM-DD")
        }
        return day
    }
}

/// The file as written.
private struct HolidayFile: Decodable {
    let format: Int
    let version: String
    let years: [Year]

    struct Year: Decodable {
        let year: Int
        let notices: [Notice]
        let holidays: [Holiday]

        enum CodingKeys: CodingKey, CaseIterable { case year, notices, holidays }

        init(from decoder: any Decoder) throws {
            let container = try decoder.known(CodingKeys.self)
            year = try container.decode(Int.self, forKey: .year)
            notices = try container.decode([Notice].self, forKey: .notices)
            holidays = try container.decode([Holiday].self, forKey: .holidays)
        }
    }

    struct Notice: Decodable {
        let number: String?
        let address: String?

        enum CodingKeys: CodingKey, CaseIterable { case number, address }

        init(from decoder: any Decoder) throws {
            let container = try decoder.known(CodingKeys.self)
            number = try container.decodeIfPresent(String.self, forKey: .number)
            address = try container.decodeIfPresent(String.self, forKey: .address)
        }
    }

    struct Holiday: Decodable {
        let name: String
        let off: [String]
        let work: [String]?
        let notice: Int?

        enum CodingKeys: CodingKey, CaseIterable { case name, off, work, notice }

        init(from decoder: any Decoder) throws {
            let container = try decoder.known(CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            off = try container.decode([String].self, forKey: .off)
            work = try container.decodeIfPresent([String].self, forKey: .work)
            notice = try container.decodeIfPresent(Int.self, forKey: .notice)
        }
    }

    enum CodingKeys: CodingKey, CaseIterable { case format, version, years }

    init(from decoder: any Decoder) throws {
        let container = try decoder.known(CodingKeys.self)
        format = try container.decode(Int.self, forKey: .format)
        version = try container.decode(String.self, forKey: .version)
        years = try container.decode([Year].self, forKey: .years)
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// The container, refused when it holds a field that the form does not have: a typing error would else be
    /// a holiday lost in silence.
    fileprivate func known<Key: CodingKey & CaseIterable>(
        _ keys: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        let allowed = Key.allCases.map(\.stringValue)
        for key in try container(keyedBy: AnyKey.self).allKeys where !allowed.contains(key.stringValue) {
            throw HolidayFileProblem(
                .unknownField, at: written(codingPath), "“\(key.stringValue)” is no field here",
                remedy: "use " + allowed.joined(separator: ", "))
        }
        return try container(keyedBy: keys)
    }
}

private func written(_ path: [any CodingKey]) -> String {
    guard !path.isEmpty else { return "the file" }
    return path.map { key in key.intValue.map { "[\($0)]" } ?? "." + key.stringValue }.joined()
        .trimmingCharacters(in: ["."])
}

extension HolidayFileProblem {
    fileprivate init(_ problem: DecodingError) {
        let form = "follow the form of the built-in holidays.json"
        switch problem {
        case .keyNotFound(let key, let context):
            self.init(
                .wrongForm, at: written(context.codingPath), "“\(key.stringValue)” is missing", remedy: form)
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self.init(.wrongForm, at: written(context.codingPath), "expected \(type)", remedy: form)
        case .dataCorrupted(let context):
            self.init(
                .notJSON, at: written(context.codingPath), context.debugDescription,
                remedy: "write the file as JSON in UTF-8")
        @unknown default:
            self.init(.wrongForm, at: "the file", "\(problem)", remedy: form)
        }
    }
}
