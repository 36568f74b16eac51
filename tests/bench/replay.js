// replay.js FILE
//
// SPDX-License-Identifier: GPL-3.0-or-later

// What somebody writes in an afternoon: each line parsed, each leg's phase derived anew
// by the same order of conditions as in data/tracking.md, kept in a Map.

"use strict";

const fs = require("fs");

const ESCALATING = new Set([1, 2, 4, 5, 6, 9, 10]);
const PROGRESS = ["NotStarted", "SchedulingConference", "ConnectingToConference",
  "ConnectedToLobby", "JoiningLocalMedia", "WaitingForPair", "WaitingForPeer", "Completed",
  "Failed", "AwaitingDisclaimerResponse", "AwaitingJoinDialogResponse"];

function phase(leg) {
  const up = leg.av === "Connected" || leg.av === "OnHold";
  if (leg.removed || leg.state === "Terminated") return "ended";
  if ((leg.progress === 8 || (leg.progress === 7 && leg.result)) && !up) return "failed";
  if (leg.progress === 3) return "lobby";
  if (ESCALATING.has(leg.progress)) {
    if (!(leg.av === "Disconnected" && leg.answered)) return "escalating";
    return leg.uri ? "left" : "hung-up";
  }
  if (leg.progress === 7 && !leg.joined &&
      (leg.av === "Connecting" || leg.av === "Joining" || leg.av === "OnHold")) return "escalating";
  if (leg.av === "Notified") return "ringing";
  if (leg.av === "Connecting" || leg.av === "Joining" || leg.av === "ConnectingToCaller" ||
      leg.av === "Forwarding") return leg.phase === "left" ? "rejoining" : "connecting";
  if (leg.av === "Transferring") return "transferring";
  if (leg.av === "OnHold" || leg.av === "Suspended" || leg.state === "Parked") return "on-hold";
  if (leg.av === "Connected") return leg.uri || leg.progress === 7 ? "in-conference" : "in-call";
  if (leg.av === "Disconnected" || leg.av === "Disconnecting") {
    if (leg.answered) return leg.uri || leg.progress === 7 ? "left" : "hung-up";
    if (leg.rang) return "missed";
  }
  return leg.message ? "message" : "idle";
}

function apply(leg, event) {
  switch (event.event) {
  case "ConversationAdded":
    leg.uri = event.conferencingUri;
    leg.subject = event.subject;
    break;
  case "ConversationRemoved":
    leg.removed = true;
    break;
  case "ConversationStateChanged":
    leg.state = event.state;
    break;
  case "ConversationPropertyChanged":
    if (event.property === "ConferenceEscalationProgress")
      leg.progress = typeof event.value === "string" ? PROGRESS.indexOf(event.value) : event.value;
    else if (event.property === "ConferenceEscalationResult") leg.result = event.value;
    else if (event.property === "ConferencingUri") leg.uri = event.value;
    else leg[event.property] = event.value;
    break;
  case "ModalityStateChanged":
    if (event.participant !== undefined) {
      const person = leg.people.get(event.participant);
      if (person) person.state = event.state;
    } else if (event.modality === "AudioVideo") {
      leg.av = event.state;
      leg.rang = leg.rang || event.state === "Notified";
      leg.answered = leg.answered || event.state === "Connected";
      leg.joined = leg.joined || (event.state === "Connected" && leg.progress === 7);
    } else if (event.modality === "InstantMessage") leg.message = event.state === "Connected";
    break;
  case "ParticipantAdded":
    leg.people.set(event.participant, { name: event.name });
    break;
  case "ParticipantRemoved":
    leg.people.delete(event.participant);
    break;
  case "ParticipantPropertyChanged": {
    const person = leg.people.get(event.participant);
    if (person) person[event.property] = event.value;
    break;
  }
  }
  leg.phase = phase(leg);
}

const legs = new Map();
let n = 0;

for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n")) {
  if (line === "") continue;
  const event = JSON.parse(line);
  n++;
  if (event.conversation === undefined) continue;
  const key = event.source + "#" + event.conversation;
  let leg = legs.get(key);
  if (leg === undefined) {
    leg = { phase: "idle", people: new Map() };
    legs.set(key, leg);
  }
  apply(leg, event);
  if (leg.removed) legs.delete(key);
}

console.error(`${n} events, ${legs.size} legs are left`);
