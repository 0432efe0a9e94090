import CivilTime

extension HolidayYears {
    /// These years, or the first thing wrong with them.
    ///
    /// - Law: 全国年节及纪念日放假办法 art. 2: an arrangement that leaves out a public holiday is incomplete; an empty
    ///   or partial year must not pass for an announced one.
    func checked() throws(HolidayFileProblem) -> HolidayYears {
        guard !version.isEmpty, version.count <= 200 else {
            throw HolidayFileProblem(
                .badVersion, at: "version", "a version has 1 to 200 characters",
                remedy: "name the release, for example \"2027\"")
        }
        guard !years.isEmpty else {
            throw HolidayFileProblem(
                .incomplete, at: "years", "there is no year", remedy: "give at least one year")
        }
        for (index, year) in years.enumerated() {
            guard index == 0 || years[index - 1].year < year.year else {
                throw HolidayFileProblem(
                    .badYear, at: "\(year.year)", "the year stands twice", remedy: "give each year once")
            }
            try year.check()
        }
        try checkNamedOnce()
        return self
    }

    private func checkNamedOnce() throws(HolidayFileProblem) {
        var seen: [Day: String] = [:]
        for year in years {
            for holiday in year.holidays {
                let place = "\(year.year) \(holiday.name)"
                for day in holiday.days {
                    if let other = seen.updateValue(place, forKey: day) {
                        throw HolidayFileProblem(
                            .namedTwice, at: place, "\(day) is named already in \(other)",
                            remedy: "keep what the later notice says and remove the other")
                    }
                }
            }
        }
    }
}

extension HolidayYears.Year {
    fileprivate func check() throws(HolidayFileProblem) {
        guard (1950...2200).contains(year) else {
            throw HolidayFileProblem(
                .badYear, at: "\(year)", "not a year that can have an arrangement",
                remedy: "give a year from 1950 to 2200")
        }
        try checkNotices()
        for holiday in holidays { try check(holiday) }
        try checkComplete()
    }

    private func checkNotices() throws(HolidayFileProblem) {
        // The notices of the first three years are not among the facts we have.
        guard !notices.isEmpty || year < 2007 else {
            throw HolidayFileProblem(
                .noNotice, at: "\(year)", "no notice is named",
                remedy: "give the number or the address of the notice that announced the year")
        }
        for notice in notices {
            let address = notice.address ?? "https://"
            guard notice.citation?.isEmpty == false,
                address.hasPrefix("https://") || address.hasPrefix("http://")
            else {
                throw HolidayFileProblem(
                    .badNotice, at: "\(year)", "a notice has neither number nor web address",
                    remedy: "give its number, or an address that begins with https://")
            }
        }
    }

    private func check(_ holiday: HolidayYears.Holiday) throws(HolidayFileProblem) {
        let place = "\(year) \(holiday.name)"
        guard !holiday.name.isEmpty, holiday.name.count <= 40, !holiday.off.isEmpty else {
            throw HolidayFileProblem(
                .badName, at: place, "a holiday has a name of 1 to 40 characters and days off",
                remedy: "name the holiday as the notice does and give its days off")
        }
        guard (1...max(1, notices.count)).contains(holiday.notice) else {
            throw HolidayFileProblem(
                .badNotice, at: place, "there is no notice \(holiday.notice)",
                remedy: "count the year's notices from 1")
        }
        for day in holiday.days where day.year != year && !(day.year == year - 1 && day.month == 12) {
            throw HolidayFileProblem(
                .outsideYear, at: place, "\(day) lies outside the arrangement of \(year)",
                remedy: "give days of the year, or of December before it")
        }
        for day in holiday.work where !day.isWeekend {
            throw HolidayFileProblem(
                .notAWeekend, at: place, "\(day) is a \(day.weekdayName), which is worked anyway",
                remedy: "give under “work” only the Saturdays and Sundays worked in exchange")
        }
    }

    private func checkComplete() throws(HolidayFileProblem) {
        let off = Set(holidays.flatMap(\.daysOff))
        let fixed = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)].compactMap { Day(year, $0.0, $0.1) }
        for day in fixed where !off.contains(day) {
            guard let name = StatutoryHoliday.name(of: day) else { continue }
            throw HolidayFileProblem(
                .incomplete, at: "\(year)", "\(day) is \(name) by law and is not named as a day off",
                remedy: "complete the year, or leave it out until it is announced")
        }
        // 清明节, 端午节 and 中秋节 are public holidays since 2008.
        let names = year < 2008 ? ["春节"] : StatutoryHoliday.unknownUntilAnnounced
        for name in names where !holidays.contains(where: { $0.name.contains(name) }) {
            throw HolidayFileProblem(
                .incomplete, at: "\(year)", "\(name) is missing",
                remedy: "complete the year, or leave it out until it is announced")
        }
    }
}

extension HolidayYears.Holiday {
    fileprivate var daysOff: [Day] {
        off.flatMap { ($0.lowerBound.ordinal...$0.upperBound.ordinal).map(Day.init(ordinal:)) }
    }

    fileprivate var days: [Day] { daysOff + work }
}
