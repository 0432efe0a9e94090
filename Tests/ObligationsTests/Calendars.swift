/// Calendars as a county may one day load them; the days of 2027 are invented.
enum Calendars {
    /// New Year's rest is long: 1 to 5 January, with Saturday the 9th worked.
    static let long2027 = year(
        "2027-long", newYear: #""off": ["2027-01-01/2027-01-05"], "work": ["2027-01-09"]"#)
    /// New Year's rest is short, and Saturday 26 December 2026 is worked.
    static let short2027 = year(
        "2027-short", newYear: #""off": ["2027-01-01/2027-01-03"], "work": ["2026-12-26"]"#)

    private static func year(_ version: String, newYear: String) -> String {
        """
        {"format": 1, "version": "\(version)", "years": [
         {"year": 2027, "notices": [{"number": "国办发明电〔2026〕0号", "address": "https://example.invalid/"}], "holidays": [
          {"name": "元旦", \(newYear)},
          {"name": "春节", "off": ["2027-02-05/2027-02-11"]}, {"name": "清明节", "off": ["2027-04-05"]},
          {"name": "劳动节", "off": ["2027-05-01/2027-05-03"]}, {"name": "端午节", "off": ["2027-06-09"]},
          {"name": "中秋节", "off": ["2027-09-15"]}, {"name": "国庆节", "off": ["2027-10-01/2027-10-07"]}]}]}
        """
    }

    /// A county's own festival on Monday 16 March 2026, beside the year's public holidays.
    static let localMarch = """
        {"format": 1, "version": "SX-2026", "years": [
         {"year": 2026, "notices": [{"number": "示例县〔2026〕1号", "address": "https://example.invalid/"}], "holidays": [
          {"name": "元旦", "off": ["2026-01-01"]}, {"name": "春节", "off": ["2026-02-16/2026-02-19"]},
          {"name": "清明节", "off": ["2026-04-05"]}, {"name": "劳动节", "off": ["2026-05-01/2026-05-02"]},
          {"name": "端午节", "off": ["2026-06-19"]}, {"name": "中秋节", "off": ["2026-09-25"]},
          {"name": "国庆节", "off": ["2026-10-01/2026-10-03"]}, {"name": "三月节", "off": ["2026-03-16"]}]}]}
        """
}
