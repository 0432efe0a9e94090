/// What a reader sees between the header and the footer of the site.
package struct Page: Sendable {
    package struct Crumb: Sendable {
        package let title: String
        package let link: Link

        package init(_ title: String, _ link: Link) {
            self.title = title
            self.link = link
        }
    }

    /// In the browser's title and the page's one `<h1>`.
    package let title: String
    /// A sentence or two under the title.
    package let lead: HTML?
    /// The way here, from the first page down, without the page itself.
    package let crumbs: [Crumb]
    package let body: HTML
    /// The news of what the page shows, for a feed reader (订阅); nil when there is none.
    package let feed: Link?
    /// What it says of itself to programs; nil for pages that are about nothing of their own: lists, forms, refusals.
    package let metadata: PageMetadata?

    package init(
        title: String, lead: HTML? = nil, crumbs: [Crumb] = [], feed: Link? = nil,
        metadata: PageMetadata? = nil, _ body: HTML
    ) {
        self.title = title
        self.lead = lead
        self.crumbs = crumbs
        self.feed = feed
        self.metadata = metadata
        self.body = body
    }
}
