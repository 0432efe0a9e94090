/// A day that the law names by its date, such as 31 January for the annual report (年度报告).
package struct FixedDay: Sendable, Hashable, Codable {
    /// The day as the law names it. It never moves.
    package let due: Day
    /// What that day is.
    package let reason: DayReason
    /// The last working day on which the duty can be done in office hours: the due day or one before it.
    package let planFor: Day

    /// The day falls on a rest day, so whoever waits for it is late or works on a day of rest.
    package var fallsOnRestDay: Bool { planFor != due }
}

extension WorkCalendar {
    /// A date that the law names, and the working day to plan for.
    ///
    /// - Law: 政府信息公开条例 art. 49: by 31 January and by 31 March. A date is not a period, so 民法典 art. 203 does
    ///   not move it (T11).
    package func fixedDay(_ day: Day) -> FixedDay {
        FixedDay(due: day, reason: reason(for: day), planFor: workingDay(onOrBefore: day))
    }
}
