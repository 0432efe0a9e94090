import ChineseText
import CivilTime
import Law
import Obligations
import Storage
import Transparency
import Web

/// All public pages (门户). Reads every writer's stores and writes nothing.
package struct Portal: Sendable {
    let room: ReadingRoom
    let finder: Finder?
    let isSample: Bool
    let identity: SiteIdentity
    let logKeys: @Sendable () throws -> [PublishedKey]
    let endedLogs: @Sendable () throws -> [EndedLog]
    let signingRefusal: @Sendable () throws -> SigningRefusal?

    /// - Parameters:
    ///   - today: the civil day in Asia/Shanghai.
    ///   - search: the full-text index; without one the search page knows only codes.
    ///   - identity: what the site calls itself.
    ///   - isSample: whether every page says that its data were made up.
    ///   - logKeys: the public keys of the log, which stand outside the database; none before it has begun.
    ///   - endedLogs: those before the log of now, the last first.
    ///   - signingRefusal: why the log is not signed just now; nil while it is.
    package init(
        database: any Database, law: LawShelf, today: @escaping @Sendable () -> Day, search: Finder? = nil,
        identity: SiteIdentity = SiteIdentity(), isSample: Bool = false,
        logKeys: @escaping @Sendable () throws -> [PublishedKey] = { [] },
        endedLogs: @escaping @Sendable () throws -> [EndedLog] = { [] },
        signingRefusal: @escaping @Sendable () throws -> SigningRefusal? = { nil }
    ) {
        room = ReadingRoom(database: database, law: law, today: today)
        finder = search
        self.isSample = isSample
        self.identity = identity
        self.logKeys = logKeys
        self.endedLogs = endedLogs
        self.signingRefusal = signingRefusal
    }

    package func routes() -> Routes {
        let routes = keptRoutes()
        // What rests on more than the record: a search index, keys, proofs; or is never the same twice.
        let fresh = Routes(door: .everyone)
        SearchPage(room: room, finder: finder).add(to: fresh)
        ProgressPage(room: room, finder: finder).add(to: fresh)
        LogPage(room: room, keys: logKeys, ended: endedLogs, refusal: signingRefusal).add(to: fresh)
        LogFiles(room: room, keys: logKeys, ended: endedLogs).add(to: fresh)
        LeafPage(room: room).add(to: fresh)
        LogCheckPage(look: look).add(to: fresh)
        ReceiptPages(room: room).add(to: fresh)
        ReadingPage(languages: look.languages).add(to: fresh)
        HealthPage(room: room, finder: finder, refusal: signingRefusal).add(to: fresh)
        routes.add(fresh)
        return routes
    }

    /// Pages whose every word comes from the record by way of the reading room, and from the address.
    private func keptRoutes() -> Routes {
        let routes = Routes(door: .everyone, keepsAnswers: true)
        HomePage(room: room).add(to: routes)
        ObligationList(room: room).add(to: routes)
        DueFile(room: room).add(to: routes)
        DueCalendar(room: room).add(to: routes)
        ObligationPage(room: room).add(to: routes)
        ProjectList(room: room).add(to: routes)
        ProjectPage(room: room).add(to: routes)
        PublicationList(room: room).add(to: routes)
        PublicationPage(room: room).add(to: routes)
        PolicyList(room: room).add(to: routes)
        ChangesPage(room: room).add(to: routes)
        FeedFiles(room: room, siteName: identity.name, isSample: isSample).add(to: routes)
        BodyList(room: room).add(to: routes)
        BodyPage(room: room).add(to: routes)
        ColumnList(room: room).add(to: routes)
        ColumnPage(room: room).add(to: routes)
        CataloguePage(room: room).add(to: routes)
        TasksPage(room: room).add(to: routes)
        SettingsPage(room: room).add(to: routes)
        CatalogueEntry(room: room).add(to: routes)
        FiguresPage(room: room).add(to: routes)
        RecordFigures(room: room).add(to: routes)
        RulesPage(room: room).add(to: routes)
        CalendarPage(room: room).add(to: routes)
        ChainList(room: room).add(to: routes)
        ChainPage(room: room).add(to: routes)
        SiteFiles(room: room).add(to: routes)
        SiteMapPage(room: room).add(to: routes)
        AccessibilityPage().add(to: routes)
        return routes
    }

    package var look: Look {
        Look(
            siteName: identity.name, tagline: "公共资源配置信息公开", siteCode: identity.code,
            address: identity.address,
            navigation: [
                .init("首页", "/"), .init("公开领域", "/columns"), .init("公开义务", "/obligations"),
                .init("项目", "/projects"), .init("进度查询", "/progress"), .init("公开信息", "/publications"),
                .init("公开事项", "/catalogue", isEssential: false),
                .init("公开主体", "/bodies", isEssential: false), .init("搜索", "/search"),
                .init("数字怎么来的", "/about/figures", isEssential: false),
            ],
            footer: """
                <p>依据《中华人民共和国政府信息公开条例》。到期日由触发事项和法定时限推算，不由人填写；\
                每一天怎么数，见各项义务的页面。<a href="/about/figures">数字怎么来的</a> · \
                <a href="/about/rules">时限规则</a> · <a href="/calendar">工作日历</a> · <a href="/log">透明日志</a> · \
                <a href="/site-map">网站地图</a> · <a href="/accessibility">无障碍声明</a></p>
                """,
            notice: isSample
                ? "<p><strong>示例</strong>：本站的辖区、机关、项目和信息都是为演示而编写的，不是真实情况。</p>" : nil,
            stylesheet: DataFiles.builtIn("site.css") ?? [], inTraditional: TraditionalScript.of,
            inEnglish: EnglishInterface.phrases)
    }

    /// What a slice's refusal means to a reader; nil for what is nobody's refusal.
    package static func translate(_ error: any Error) -> Problem? {
        guard let refusal = error as? any Refusal else { return nil }
        let kind: Problem.Kind =
            switch refusal.kind {
            case .notFound: .notFound
            case .invalid: .invalid
            case .conflict: .conflict
            case .forbidden: .forbidden
            case .tooMuch: .tooMuch
            case .later: .later
            }
        return Problem(kind, code: refusal.code, detail: refusal.detail, clause: refusal.clause)
    }
}
