import BrowserTesting
import CivilTime
import Counting
import Demo
import Foundation
import Portal
import Storage
import StorageSQLite
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@testable import Platform

/// The sample county and city as they stand on 2026-11-18, served, with a browser before them.
struct Stage: Sendable {
    /// 2026-11-18 10:00 in Asia/Shanghai, a Wednesday.
    private static let clock = WallClock(standingAt: 1_794_967_200)

    let browser: Browser
    /// The same site without a network.
    let site: Site
    let database, searchIndex: any Database
    /// `GET /obligations/:id`, …
    let routes: [String]
    private let address: String

    /// The stage of the running suite.
    static var here: Stage {
        get throws { try #require(current) }
    }
    @TaskLocal static var current: Stage?

    static func set(_ body: @escaping @Sendable (Stage) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sundial-stage-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let house = try await open(folder)
        let portal = Portal(
            database: house.database, law: house.law, today: { clock.today }, search: house.finder,
            isSample: true, logKeys: house.publishedLogKeys { Issue.record($0) })
        let routes = portal.routes()
        let list = routes.list
        let site = Site(routes, look: portal.look, translate: Portal.translate)
        try await Browser.run { browser in
            try await site.serve { address in
                try await body(
                    Stage(
                        browser: browser, site: site, database: house.database, searchIndex: house.search,
                        routes: list, address: address))
            }
        }
        try await house.close()
        try FileManager.default.removeItem(atPath: folder)
    }

    private static func open(_ folder: String) async throws -> House {
        let report: @Sendable (any Error) -> Void = { Issue.record($0) }
        // Ids count upwards: the same pictures each time.
        let house = try await House.furnish(
            try SQLiteDatabase(path: folder + "/sundial.sqlite", newID: sequentialIDs()),
            search: try SQLiteDatabase(path: folder + "/search.sqlite"), clock: clock,
            logFolder: LogFolder(path: folder + "/log"))
        try await DemoWorld(today: clock.today).build(in: house.database, law: house.law)
        try await house.keepDays()
        try await house.followSearch(report: report)
        _ = try await house.countRunner(report: report).catchUp()
        let keeper = try #require(try house.logKeeper(report: report))
        try await keeper.start(name: "log.example/sx")
        try await keeper.catchUp()
        return house
    }

    /// Sits down before an empty tab.
    ///
    /// - Parameter manner: the key of a manner of reading (`Manner`).
    func visit<Value: Sendable>(
        on screen: Screen = .desk, in manner: String = "sn-a",
        _ body: (Tab) async throws -> Value
    ) async throws -> Value {
        try await browser.withTab(of: address) { tab in
            try await tab.look(on: screen)
            try await tab.wish(.light)
            try await tab.keep(cookie: "reading", manner)
            return try await body(tab)
        }
    }

    /// A member of the first things of a list that is data, such as an id.
    func first(
        _ list: String, _ member: String = "id", where isWanted: ([String: Any]) -> Bool = { _ in true }
    )
        async throws -> String
    {
        let answer = try await site.get(list)
        let object = try JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: Any]
        let items = try #require(object?["items"] as? [[String: Any]], "\(list)")
        return try #require(items.first(where: isWanted)?[member] as? String, "\(list)")
    }
}

/// Sets the stage once for all tests of a suite.
struct OnStage: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withoutActuallyEscaping(function) { function in
            try await Stage.set { stage in try await Stage.$current.withValue(stage) { try await function() }
            }
        }
    }
}

/// One Chromium and one served sample for everything here; where there is no Chromium, all of it says so.
@Suite(
    .enabled(if: Browser.isHere, "NOT RUN: no Chromium; script/install-libraries browser"), OnStage())
struct `The portal in a browser` {}
