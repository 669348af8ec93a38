"""Delivery reports as several mail servers write them, with places for the letter's id and address. All invented."""

POSTFIX = """Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: boardroom@localhost
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F1.17/mx.example.org"

This is a MIME-encapsulated message.

--4F1.17/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--4F1.17/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4F1
Arrival-Date: Wed, 22 Apr 2026 10:00:00 +0200 (CEST)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected:
    User unknown

--4F1.17/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: =?utf-8?q?Badevannsr=C3=A5det?= <boardroom@localhost>
To: {to}
Subject: Utkast
Message-ID: {id}
MIME-Version: 1.0
Content-Type: text/plain

Hei
--4F1.17/mx.example.org--
"""

EXCHANGE = """From: <postmaster@example.onmicrosoft.example>
To: <boardroom@localhost>
Subject: Undeliverable: Utkast
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="_6b7e_"
In-Reply-To: {id}

--_6b7e_
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="_inner_"

--_inner_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:

--_inner_
Content-Type: text/html; charset="us-ascii"

<html><body>Delivery has failed</body></html>

--_inner_--

--_6b7e_
Content-Type: message/delivery-status

Reporting-MTA: dns;AB1PR01.example.outlook.example
Received-From-MTA: dns;mx.example.org
Arrival-Date: Wed, 22 Apr 2026 08:00:00 +0000

Original-Recipient: rfc822;{to}
Final-Recipient: rfc822;{to}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--_6b7e_
Content-Type: message/rfc822

From: boardroom@localhost
To: {to}
Message-ID:
 {id}
Subject: Utkast

--_6b7e_--
"""

SENDMAIL = """From: Mail Delivery Subsystem <MAILER-DAEMON@post.example.org>
To: <boardroom@localhost>
MIME-Version: 1.0
Content-Type: MULTIPART/REPORT; report-type=delivery-status;
\tboundary="x1A.2026/post.example.org"
Subject: Returned mail: see transcript for details

--x1A.2026/post.example.org

The following addresses had permanent fatal errors

--x1A.2026/post.example.org
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example.org

Final-Recipient: RFC822; {to}
Action: Failed
Status: 5.2.2
Remote-MTA: DNS; inn.example.org
Diagnostic-Code: SMTP; 552-5.2.2 The recipient's inbox is out of storage
Last-Attempt-Date: Wed, 22 Apr 2026 10:00:03 +0200

--x1A.2026/post.example.org
Content-Type: text/rfc822-headers

Return-Path: <boardroom@localhost>
Message-Id: {id}
Subject: Utkast

--x1A.2026/post.example.org--
"""

GMAIL = """From: Mail Delivery Subsystem <mailer-daemon@post.example.com>
To: boardroom@localhost
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="0000000000a1"; report-type=delivery-status
MIME-Version: 1.0

--0000000000a1
Content-Type: multipart/related; boundary="0000000000a2"

--0000000000a2
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--0000000000a2--
--0000000000a1
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example.com
X-Original-Message-ID: {id}

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.

--0000000000a1
Content-Type: message/rfc822

Message-ID: {id}
To: {to}

Hei
--0000000000a1--
"""
