button-calendars = 📥 Import my other calendars
calendars-subscribe = 📆 In my own calendar
calendars-mine =
    📆 <b>Your sessions in your own calendar</b>

    Subscribe to this address in Google, Apple, Outlook or any other calendar. It updates by itself. Whoever knows the address sees your sessions, so keep it to yourself:

    <code>{ $address }</code>
calendars-renew = 🔄 Make another address
calendars-renewed = There is a new address; the old one shows nothing any more.
calendars-imported =
    📥 <b>Your other calendars</b>

    When you are busy there, nobody can book you here. Send me the address of a calendar: Google calls it “Secret address in iCal format”, Outlook “Publish a calendar → ICS”, Apple “Public calendar”, Nextcloud “Copy subscription link”.
calendars-line = { $state ->
        [failing] ⚠️ { $host } – cannot be read; the busy times of { $when } stay
       *[fresh] ✅ { $host } – read { $when }
    }
calendars-remove = ✖ Remove { $host }
calendar-name = My consultations
notice-calendar-failing = ⚠️ I cannot read your calendar at <b>{ $host }</b> any more. { $reason } The busy times as of { $since } stay, so newer ones are missing here.
notice-calendar-failing-admin = ⚠️ The calendar of { $expert } at { $host } cannot be read any more, last on { $since }. { $reason }
error-calendar-unreadable = There is no calendar that I can read at this address.
error-calendar-unreachable = The address does not answer, or too slowly, or with more than 5 MB.
error-calendar-address = This is not an address of a calendar that I may read. It must begin with https:// or webcal:// and be on the public internet.
error-unknown-calendar = This calendar is not imported any more.
error-too-many-calendars = You can import { $most } calendars at most.
