/// The public holidays that the law fixes on a date of the civil calendar.
///
/// They are all that can be known of a year before it is announced. 春节, 清明节, 端午节 and 中秋节 follow
/// the lunar and solar-term calendars, and which weekends are worked in exchange only the notice tells.
package enum StatutoryHoliday {
    /// What makes these days holidays.
    package static let basis = "全国年节及纪念日放假办法第二条"
    /// The public holidays whose dates are not known before the year is announced.
    package static let unknownUntilAnnounced = ["春节", "清明节", "端午节", "中秋节"]

    /// The holiday's name, or nil when the law fixes none on that day.
    ///
    /// - Law: 全国年节及纪念日放假办法 art. 2, in the version in force that year: 劳动节 is 1–3 May under
    ///   the text of 1999, 1 May from 2008, 1–2 May from 2025; 国庆节 is 1–2 October before 1999, then 1–3.
    package static func name(of day: Day) -> String? {
        switch (day.month, day.dayOfMonth) {
        case (1, 1): "元旦"
        case (5, 1): "劳动节"
        case (5, 2) where day.year >= 2025 || (2000...2007).contains(day.year): "劳动节"
        case (5, 3) where (2000...2007).contains(day.year): "劳动节"
        case (10, 1), (10, 2): "国庆节"
        case (10, 3) where day.year >= 1999: "国庆节"
        default: nil
        }
    }
}
