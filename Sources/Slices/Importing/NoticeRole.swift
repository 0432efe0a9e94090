/// What a printed phrase introduces. The form's data file lists the phrases of each role.
enum NoticeRole: String, Sendable, Hashable, CaseIterable {
    /// A phrase that only keeps a shorter one within it from being read (保证金缴纳截止时间).
    case ignored
    // Numbers and names.
    case projectName, projectCode, procurementPlan, budgetNumber, tenderSection, sectionName
    case constructionReport, fixedInvestment, landAnnouncement, landParcel, approvalDocument, entryProject
    // Parties.
    case buyer, agency, winner, buyerBlock, agencyBlock, winnerBlock, partyName
    // Sums.
    case budget, lotBudget, ceiling, lotCeiling, estimate, award, contractSum
    // Times.
    case deadline, deadlinePreamble, opening, openingHeading, documents, documentsEnd
    case publicity, publicityStart, publicityEnd, candidatesPublicity
    case evaluation, fixing, signing, correction, firstNotice, noticePeriod
    // Others.
    case indexNumber, documentNumber, documentKind, addressees, openness, dated, issuer
    case method, lotMention, lotNumber, failure, unranked, rankMark
}

/// What a table's column holds.
enum NoticeColumn: String, Sendable, Hashable, CaseIterable {
    case serial, rank, lot, lotTitle, budget, ceiling, supplier, price, ignored
}
