import Importing
import StorageTesting
import Testing
import Web
import WebTesting

@testable import Portal

@Suite struct `The name of a source` {
    @Test func `is Chinese for every built-in form, and has its English`() throws {
        let sources = Set(try NoticeForm.builtIn().map(\.source))
        #expect(sources.count > 5)
        for source in sources {
            let name = SourceName.of(source)
            #expect(name.contains(/^\p{Han}+$/), "\(source)")
            #expect(!EnglishInterface.phrases.text(for: name).contains(/\p{Han}/), "\(source)")
        }
        #expect(SourceName.of("示例省公共资源交易平台") == "示例省公共资源交易平台")
    }
}
