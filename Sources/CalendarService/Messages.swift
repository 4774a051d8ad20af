/// Every sentence that this module writes for people, by feature.
///
/// Codes are stable and sentences are not: clients show a message and decide by its code.
enum Messages {
  /// Refusals that several features share.
  enum Access {
    static func featureDisabled(_ capability: String) -> String {
      "\(capability) isn't enabled for this workspace."
    }
    static func notFound(_ what: String) -> String {
      "\(what) doesn't exist, or you don't have access to it."
    }
    static func tooLong(_ name: String, limit: Int) -> String {
      "\(name) can have at most \(limit) characters."
    }
    static func invalidEmailAddress(_ text: some StringProtocol) -> String {
      "“\(text)” isn't a valid email address."
    }
    static func rejectedFor(_ addresses: String) -> String {
      "This may be because of \(addresses): not every server accepts letters like “é” before the @."
    }
    static func searchTooLong(limit: Int) -> String { "A search can have at most \(limit) characters." }
    static func requestRepeated(_ whereToLook: String) -> String {
      "This request was already completed with different details. \(whereToLook)"
    }
    static func keyLength(limit: Int) -> String {
      "The idempotency key must have between 1 and \(limit) characters."
    }
    static let reconnectRefused =
      "The provider no longer accepts this account's sign-in. Reconnect the account in Settings."
    static let reconnectToWrite =
      "This account is connected as read-only. Reconnect it in Settings and allow changes."
  }

  /// The subject of “… doesn't exist”, at the start of a sentence.
  enum Things {
    static let event = "This meeting"
    static let occurrence = "This occurrence"
    static let repliedMeeting = "The meeting this reply belongs to"
    static let meeting = "The meeting"
    static let meetingCalendar = "This meeting's calendar"
    static let calendar = "This calendar"
    static let calendarAccount = "This calendar account"
    static let accountProvider = "This calendar account's provider"
    static let account = "This account"
    static let email = "This email"
    static let failedDelivery = "This failed delivery"
    static let member = "The member"
    static let memberWithAddress = "A member with this email address"
    static let linkedPerson = "A linked person"
    static let linkedCompany = "The linked company"
    static let linkedOpportunity = "The linked opportunity"
    static let linkedRecord = "The linked record"
    static let company = "The company"
    static let pointOfContact = "The point of contact"
  }

  /// The capabilities behind feature flags, at the start of a sentence.
  enum Capabilities {
    static let compose = "Calendar editing"
    static let create = "Creating meetings"
    static let edit = "Editing meetings"
    static let delete = "Deleting meetings"
    static let conference = "This kind of video conference"
    static let emailInvite = "Inviting guests by email"
    static let respond = "Responding to invitations"
  }

  /// The names of fields, at the start of a sentence about their length.
  enum Fields {
    static let title = "The title"
    static let details = "The description"
    static let location = "The location"
    static let guestName = "A guest's name"
    static let subject = "The subject"
    static let body = "The email"
    static let recipientName = "A recipient's name"
    static let fileName = "A file name"
    static let recordText = "This field"
  }

  /// Meetings: creating, editing, deleting and listing them.
  enum Events {
    static let titleMissing = "Give the meeting a title."
    static let timesMissing = "Enter when the meeting starts and ends."
    static let years =
      "Choose a date between \(EventLimits.years.lowerBound) and \(EventLimits.years.upperBound)."
    static let lastDayBeforeFirst = "The last day can't be before the first day."
    static let endBeforeStart = "The end must be after the start."
    static let tooLong = "A meeting can last at most \(EventLimits.maximumDays) days."
    static let unknownTimeZone = "Unknown time zone. Choose one such as America/New_York."
    static let movedIntoPast = "A meeting can't be moved into the past."
    static let unknownVersion = "This meeting has no such version."
    static let changedSince =
      "Someone else changed this meeting. Review the new version, then make your change again."
    static func changedTheSame(_ fields: String) -> String {
      "Someone else also changed the \(fields). Choose which version to keep."
    }
    static let refused = "The calendar rejected the meeting. Send it again to see why."
    static let lookForMeeting = "Look for the meeting in the calendar."
    static let tooManyLinkedPeople = "A meeting can be linked to at most \(EventLimits.linkedPeople) people."
    static func tooManyGuests(_ limit: Int) -> String { "This calendar allows at most \(limit) guests." }
    static let guestWithoutAddress = "A guest has no email address."
    static let organizerIsOwner = "The organizer is always the owner of the calendar account."
    static let otherMembersAccount =
      "This calendar account belongs to another member. Choose one of your own."
    static let noWritableCalendar = "This account has no calendar you can write to."
    static let onlyCreatorRetries = "Only the person who created the meeting can retry it."
    static let occurrenceMissing = "Choose which occurrence you mean."
    static func undoWindow(_ limit: Int) -> String {
      "A deletion can be delayed by at most \(limit) seconds."
    }
    static let deletedSince = "This meeting has since been deleted."
    static let tooLateToUndo = "It's too late to undo this deletion."
    static let endsBeforeItStarts = "The end of the range must be after its start."
    static func rangeTooLong(_ days: Int) -> String { "A list can cover at most \(days) days." }
    static let pageOutOfRange = "Page numbers start at 1."
    static let countTooSmall = "Ask for at least one."
    static func exportTooLarge(_ limit: Int) -> String {
      "There are more than \(limit) meetings. Choose a shorter range."
    }
    static let sameVersion = "Both versions of this meeting are already the same."
  }

  /// Why a member may not change or delete a meeting.
  enum Permissions {
    static let notOwn =
      "Only the person who created this meeting or owns its calendar can change or delete it."
    static let noCalendar = "This meeting's calendar is no longer connected."
    static let notOrganizer = "Only the organizer of this meeting can change it."
    static let readOnlyCalendar = "This calendar is read-only."
    static let over = "This meeting is over."
    static let canceled = "This meeting was canceled."
    static let undecided =
      "This meeting was changed both here and in the calendar. Choose which version to keep first."
  }

  /// The fields of a meeting, within a sentence.
  enum EventFields {
    static let title = "title"
    static let details = "description"
    static let location = "location"
    static let timing = "time"
    static let recurrence = "recurrence"
    static let guests = "guests"
    static let conference = "video conference"
  }

  /// How a meeting repeats.
  enum Recurrence {
    static let onlyForSeveral = "To change how a meeting repeats, choose following meetings or all meetings."
    static let tooLong = "This recurrence is too long. Use one rule and fewer single dates."
    static func tooManyDates(_ limit: Int) -> String { "A meeting can list at most \(limit) single dates." }
    static let severalRules = "A meeting can have only one recurrence rule."
    static let everythingExcluded = "Every occurrence is excluded."
    static let unknownLines = "A recurrence can only contain RRULE, RDATE and EXDATE lines."
    static let unreadableLines =
      "This recurrence can't be read. Put one rule or one list of dates on each line."
    static func invalidDate(_ text: some StringProtocol) -> String {
      "“\(text)” isn't a valid date for this meeting."
    }
    static let unreadable = "This recurrence can't be read."
    static func invalidRule(_ problem: some Error) -> String {
      "This recurrence rule isn't valid. \(problem)"
    }
    static let dateWithDuration = "Extra dates can't have their own duration."
    static let dateBeforeFirst = "Extra dates can't be before the first meeting."
    static let tooOften = "A meeting can repeat at most once a day."
    static let weekNumbers = "A meeting can't repeat by week number. Use days or months instead."
    static let firstNotOnRule = "The first meeting must fall on a day that matches the recurrence rule."
    static let otherTimeOfDay = "The recurrence rule can't specify a time of day other than the meeting's."
    static let endsBeforeFirst = "The last meeting can't be before the first."
    static let noOccurrence = "This series has no meeting at that time."
    static let notDivisible = "This series can't be split there. Choose all meetings, or only this one."
    static let isFirst = "This is the first meeting of its series. Choose all meetings."
    static let doesNotFitDay =
      "The recurrence doesn't match the new day. Also choose how the meeting repeats from now on."
  }

  /// The result of sending a meeting to its calendar.
  enum Delivery {
    static let noDriver = "This server has no driver for the account."
    static let refusedBefore = "The account was refused before."
    static let seriesFailed = "The series of this meeting couldn't be delivered."
    static let notOrganizer = "This account isn't the organizer."
    static let keepsChanging = "The event keeps changing at the provider."
    static let noOrganizer = "The meeting has no organizer."
    static let over = "The meeting is over, so the change wasn't sent to the calendar."
    static let creatingForbidden = "The calendar doesn't allow this account to create this meeting."
    static let changingForbidden = "The calendar doesn't allow this account to change this meeting."
    static let deletingForbidden = "The calendar doesn't allow this account to delete this meeting."
    static let calendarGone = "The calendar no longer exists. Check the account in Settings."
    static let deletedInCalendar = "The meeting was deleted in the calendar."
    static let placeTaken = "The calendar already has another meeting in this one's place."
    static func rejected(_ reason: String) -> String { "The calendar rejected the meeting: \(reason)" }
    static let unreachableForDays =
      "The calendar couldn't be reached for three days. Check the account in Settings, then try again."
    static let retrying = "The meeting is being delivered again."
    static let pending = "The calendar hasn't answered yet. The meeting is saved here and will be delivered."
    static let rateLimited = "The calendar is rate-limiting us. The meeting will be delivered shortly."
    static let unexpectedResponse = "The calendar sent an unexpected response. We'll keep trying."
    static let unreachable =
      "Can't reach the calendar. The meeting is saved here and will be delivered as soon as it responds."
    static let otherWorker = "Another worker is already delivering the event."
    static let versionsUnread = "The meeting's earlier versions can't be read now."
  }

  /// Video conferences.
  enum Conferences {
    static let none = "None"
    static func connectAccount(_ provider: String) -> String {
      "Connect a \(provider) account in Settings first."
    }
    static func connectionExpired(_ provider: String) -> String {
      "Your \(provider) connection has expired. Reconnect it in Settings."
    }
    static let unknownKind = "Unknown kind of video conference."
    static let linkNotExpected = "A link can only be given with a custom video conference."
    static let connectCalendar = "Connect a calendar account first."
    static let needsLink = "This kind needs a link for each meeting, so it can't be a default."
    static let linkNotFetched = "Couldn't get the video link from the calendar."
    static let noDriver = "This server has no driver for the video conference."
    static func intentNotStored(_ error: any Error) -> String {
      "The intent can't be stored: \(type(of: error))."
    }
    static func notStored(_ error: any Error) -> String {
      "The conference can't be stored: \(type(of: error))."
    }
    static func accountUnreadable(_ error: any Error) -> String {
      "The account can't be read: \(type(of: error))."
    }
    static func reconnect(_ provider: String) -> String {
      "Your \(provider) connection has expired. Reconnect it in Settings."
    }
    static let rateLimited = "The video service is rate-limiting us."
    static func notCreated(_ provider: String) -> String { "\(provider) didn't create a video meeting." }
    static func outcomeNotStored(_ error: any Error) -> String {
      "The outcome can't be stored: \(type(of: error))."
    }
    static let notUpdated =
      "The video meeting still has the old time or title because its service refused the change."
    static let notDeleted = "The video meeting still exists because its service refused to delete it."
  }

  /// The emails that guests receive about meetings.
  enum Invitations {
    static func invitationSubject(_ title: String) -> String { "Invitation: \(title)" }
    static func invitation(_ title: String, from organizer: String) -> String {
      "\(organizer) invited you to “\(title)”."
    }
    static func updateSubject(_ title: String) -> String { "Updated invitation: \(title)" }
    static func update(_ title: String, by organizer: String) -> String { "\(organizer) changed “\(title)”." }
    static func cancellationSubject(_ title: String) -> String { "Canceled: \(title)" }
    static func cancellation(_ title: String) -> String { "“\(title)” has been canceled." }
    static func removalSubject(_ title: String) -> String { "Removed from: \(title)" }
    static func removal(_ title: String) -> String { "You have been removed from “\(title)”." }
    static let when = "When"
    static let repeats = "Repeats"
    static let seeFile = "see the calendar file"
    static let location = "Where"
    static let join = "Join"
  }

  /// Replies to invitations, taken from a file or found in an inbox.
  enum Replies {
    static func tooLarge(_ kilobytes: Int) -> String { "A reply can have at most \(kilobytes) KB." }
    static let notAReply = "This isn't a reply to an invitation. Look for the .ics file in the email."
    static let otherMethod = "This is a calendar message, but not a reply to an invitation."
    static let takenByCalendar = "This meeting's calendar receives its guests' replies itself."
    static let noMeeting = "This reply doesn't mention a meeting."
    static func notInvited(_ address: String) -> String { "\(address) isn't invited to this meeting." }
    static let duplicate = "This reply was already added."
    static let stale = "This guest has already sent a newer reply."
    static let beforeMove = "The meeting was moved after this reply was sent."
    static let unknownOccurrence = "The series has no meeting at the time this reply is for."
    static let otherMeeting = "Part of this reply is for another meeting."
    static let noSender = "This reply doesn't say who sent it."
    static let unreadableOccurrence = "It can't be read which occurrence this reply is to."
    static let signInRefused = "The mail server rejected the user name or password."
    static let readingForbidden = "The mail server doesn't allow this account to read its mail."
    static let noMailbox = "The mail server has no such mailbox."
    static let unreachable = "Can't reach the mail server. We'll retry."
  }

  /// Emails written in the composer, and their delivery.
  enum Mail {
    static let noRecipient = "Add at least one recipient."
    static let tooManyRecipients = "An email can have at most \(EmailLimits.recipients) recipients."
    static func undoWindow(_ limit: Int) -> String { "Sending can be delayed by at most \(limit) seconds." }
    static let severalInvitations = "An email can contain only one invitation."
    static func notAnInvitation(_ file: String) -> String { "“\(file)” isn't an invitation." }
    static func methodMismatch(_ file: String) -> String {
      "The method in the media type of “\(file)” doesn't match the invitation."
    }
    static let recipientWithoutAddress = "A recipient has no email address."
    static let tooManyFiles = "An email can have at most \(EmailLimits.attachments) attachments."
    static let fileWithoutName = "An attachment has no name."
    static func invalidMediaType(_ file: String) -> String {
      "The media type of “\(file)” isn't valid. Use one such as application/pdf."
    }
    static let filesTooLarge =
      "Attachments can have at most \(EmailLimits.attachmentOctets >> 20) MB in total."
    static func invalidBase64(_ file: String) -> String { "The content of “\(file)” isn't valid base64." }
    static let invalidMessageID = "This isn't a valid Message-ID."
    static let lookInSentEmails = "Look among the emails you sent."
    static let otherAccountsMeeting =
      "The meeting belongs to another account. Send the email from that account, or remove the invitation."
    static func tooLarge(_ megabytes: String, limit: String) -> String {
      "This email is \(megabytes) MB; this account's limit is \(limit) MB."
    }
    static let notConnected = "This account is no longer connected."
    static let noMailServer = "This account has no mail server."
    static let sending = "The email is already being sent."
    static let sent = "The email has already been sent."
    static let notWaiting = "The email isn't waiting to be sent."
    static let unanswered =
      "The mail server accepted the email but never confirmed it, so it may have been sent. Check the account's sent mail before you send it again."
    static let waiting = "Can't reach the mail server. We'll send the email as soon as it responds."
    static func refused(_ reason: String) -> String { "The email was rejected: \(reason)" }
    static let forbidden = "The mail server doesn't allow this account to send this email."
    static let rejected = "The mail server rejected the email."
    static let unreachable =
      "The mail server couldn't be reached for a day. Check the account in Settings, then send the email again."
  }

  /// Connecting and disconnecting accounts.
  enum Accounts {
    static let disconnectedBeforeDelivery = "The calendar account was disconnected before this was delivered."
    static let builtIn = "The built-in calendar can't be disconnected."
    static let noSignInPage = "Accounts of this kind aren't connected through a sign-in page."
    static let attemptExpired = "This connection attempt has expired. Start again."
    static let noForm = "Accounts of this kind aren't connected with a form."
    static let noMailServers = "This server doesn't support mail servers."
    static let mailSignInRejected = "The mail server rejected this user name and password."
    static let mailServerUnreachable =
      "Can't reach the mail server at this address. Check it, or try again later."
    static let signInRejected = "The server rejected this user name and password."
    static let calendarsForbidden = "The server doesn't allow this user to see calendars."
    static let noCalendarThere = "There is no calendar at this address."
    static let serverConflict = "The server reports a conflict. Try again."
    static let rateLimited = "The server is rate-limiting us. Try again in a few minutes."
    static let unreachable = "Can't reach the server at this address. Check it, or try again later."
    static let notACalendarServer = "The server at this address isn't a calendar server."
    static let unknownField = "The form has no such field."
    static func givenTwice(_ field: String) -> String { "\(field) is given twice." }
    static func fieldTooLong(_ field: String, limit: Int) -> String {
      "\(field) can have at most \(limit) bytes."
    }
    static func invalidCharacters(_ field: String) -> String {
      "\(field) contains characters that can't be used."
    }
    static func required(_ field: String) -> String { "\(field) is required." }
  }

  /// People, companies and opportunities.
  enum Records {
    static let tooManyAddresses = "A person can have at most 20 email addresses."
    static let personWithoutName = "Enter a name or an email address."
    static let companyWithoutName = "Enter the company's name."
    static let opportunityWithoutName = "Enter the opportunity's name."
    static let amountTooLarge = "The amount is too large."
  }

  /// Signing in.
  enum SignIn {
    static let wrongCredentials = "Incorrect email address or password."
    static let tooManyAttempts = "Too many attempts. Try again in 15 minutes."
    static let busy = "Too many people are signing in right now. Try again in a few seconds."
    static let invalidAddress = "This isn't a valid email address."
  }

  /// Subscriptions.
  enum LiveUpdates {
    static let positionExpired = "The changes since then are no longer available. Reload the list."
    static let unknownPosition = "This isn't a known position. Reload the list."
  }
}
