import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { CheckRule } from "#src/domain/check-rules.ts";
import { type CountryRule, countryNames } from "#src/domain/country-rules.ts";
import type { DeclaredKind } from "#src/domain/declared.ts";
import type { EpicentreRule } from "#src/domain/epicentre-rules.ts";
import type { GridRule } from "#src/domain/grid-rules.ts";
import type { HedgeFundRules } from "#src/domain/hedge-fund-rules.ts";
import type { Locale, Localised } from "#src/domain/locale.ts";
import type { AlertRules, MailRules } from "#src/domain/mail.ts";
import type { NarrativeRules } from "#src/domain/narrative-rules.ts";
import type { QualityRules } from "#src/domain/quality.ts";
import type { Schedule, SlotRule } from "#src/domain/schedule.ts";
import type { Series } from "#src/domain/series.ts";
import type { SignalRules } from "#src/domain/signals-rules.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** Sections that a publication may be composed of. The registry of sections holds one of each. */
export const sectionNames = [
  "headline",
  "changes",
  "narrative",
  "epicentre",
  "grid",
  "levels",
  "flows",
  ...countryNames,
  "pair",
  "surface",
  "signals",
  "regime",
  "hedge-funds",
  "checks",
  "sources",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** Which colour means up: green in the West, red in China and Japan, red (and blue down) in Korea; `cvd` is safe for the colour-blind. */
export const colourConventions = ["west", "east-asia", "korea", "cvd"] as const;
export type ColourConvention = (typeof colourConventions)[number];

/** One number of the strip on page one: a series of the catalogue, or a pair. */
export interface KeyNumber {
  readonly kind: "series" | "pair";
  readonly id: string;
}

/** A note that is published at its slots. */
export interface Publication {
  readonly id: string;
  readonly title: Localised;
  /** Id of the calendar whose close, plus the offset, is the cut-off. */
  readonly calendar: string;
  readonly offsetMinutes: number;
  /** When issues fall due; the last session of each week unless the schedule says otherwise. */
  readonly slots: SlotRule;
  /** `null` where nothing is made by itself. */
  readonly schedule: Schedule | null;
  /** Groups of recipients that it is sent to; none: it is not mailed. */
  readonly to: readonly string[];
  /** The as-of when none is asked for: a day or an ISO instant; `null` for the last slot that has come. */
  readonly asOf: string | null;
  /** The as-of of issue no. 1; `null` where issues carry no number. */
  readonly first: IsoDate | null;
  readonly languages: readonly Locale[];
  readonly colours: Readonly<Record<Locale, ColourConvention>>;
  readonly sections: readonly SectionName[];
  /** At most six. */
  readonly keyNumbers: readonly KeyNumber[];
}

/** A CSV file of the workspace, and how to read it. */
export interface CsvFile {
  readonly id: string;
  /** As written in the configuration, variables unexpanded: what messages and pages may show. */
  readonly path: string;
  /** Absolute, variables expanded; for reading only, never shown. */
  readonly location: string;
  /** `wide`: one column a series. `long`: one row a series and day. */
  readonly layout: "wide" | "long";
  /** Names in the header. `series` and `value` are `null` in a wide file; `knownAt` is `null` where the file has none. */
  readonly columns: {
    readonly date: string;
    readonly series: string | null;
    readonly value: string | null;
    readonly knownAt: string | null;
  };
  /** Cells that say “no value that day”. Never read as zero. */
  readonly missing: readonly string[];
  readonly delimiter: string;
}

/** A YAML list of numbers that somebody keeps by hand, each with its day and where it was taken from. */
export interface ListFile extends Pick<CsvFile, "id" | "path" | "location"> {
  readonly layout: "list";
}

/** A file that series are read from. */
export type DataFile = CsvFile | ListFile;

/** A list that somebody keeps by hand, in YAML or CSV. */
export interface DeclaredFile extends Pick<CsvFile, "path" | "location"> {
  readonly kind: DeclaredKind;
}

/** What a basket of the workspace is called; who is in it when, its list says. */
export interface BasketRule {
  readonly name: Localised;
  readonly short: Localised;
  /** Inside a sentence, with its article. */
  readonly prose: Localised;
}

/** A series of the catalogue, with the place of its numbers. */
export interface CatalogueSeries extends Series {
  /** Id of the file. */
  readonly file: string;
  /** Its column in a wide file; its value in the series column of a long one, or under `series` in a list. */
  readonly column: string;
}

/** A round number to watch. */
export interface LevelRule {
  readonly series: string;
  readonly level: number;
  /** Since 1 January of the year, or over the last 252 sessions. */
  readonly from: "year" | "252";
}

/** A multiple of the close on a named day. */
export interface MilestoneRule {
  readonly series: string;
  readonly base: IsoDate;
}

/** A group of flow series, summed. */
export interface FlowGroup {
  readonly name: Localised;
  readonly members: readonly string[];
  /** Series of its assets, summed; none where they are not known. */
  readonly assets: readonly string[];
}

/** What the crowding of a group is measured by, beside its flows. */
export interface CrowdingRule {
  readonly group: string;
  readonly concentration: string | null;
  readonly valuation: string | null;
  readonly daysToCover: string | null;
  /** Price series of its names, and of the market beyond which they move together; `null` where none is named. */
  readonly members: readonly string[];
  readonly market: string | null;
}

/** What holding a pair costs. */
export interface PairCosts {
  /** Series of the money-market rate. */
  readonly cash: string;
  /** Fractions a year. */
  readonly borrow: number;
  readonly spread: number;
  /** A fraction of what is traded. */
  readonly trading: number;
}

/** An index and the names under its surface. */
export interface SurfaceRule {
  readonly index: string;
  readonly groups: Readonly<
    Record<string, { readonly name: Localised; readonly members: readonly string[] }>
  >;
  /** Whether the names are those of each day, so that leavers count as long as they belonged. */
  readonly pointInTime: boolean;
  /** Series of implied volatility, correlation or dispersion, as an exchange publishes them. */
  readonly implied: readonly string[];
}

/** A sign of appetite for risk: a series, or its ratio to another, whose rise means appetite or caution. */
export interface AppetiteRule {
  readonly series: string;
  readonly over: string | null;
  readonly means: "appetite" | "caution";
  /** Inside a sentence; `null` where it is called by its series. */
  readonly name: Localised | null;
}

/** What the state of markets is judged by, beside the grid. */
export interface ConditionRules {
  readonly turbulence: readonly string[];
  readonly absorption: readonly string[];
  readonly appetite: readonly AppetiteRule[];
  readonly breaks: readonly string[];
  readonly states: string | null;
  readonly universe: readonly string[];
  readonly factors: readonly { readonly long: string; readonly short: string }[];
}

/** One side of a pair: equal weight, rebalanced daily. */
export interface PairLeg {
  readonly name: Localised;
  /** The same all the time; none where the leg is a basket. */
  readonly members: readonly string[];
  /** Id of the basket whose members of each day it has; `null` where they are listed. */
  readonly basket: string | null;
}

/** A long leg against a short leg. */
export interface PairRule {
  readonly name: Localised;
  readonly short: Localised;
  /** Inside a sentence, with its article. */
  readonly prose: Localised;
  readonly long: PairLeg;
  readonly shorts: PairLeg;
  /** Since when the members are followed as they are listed; `null` when their whole history is back-cast. Baskets know their own. */
  readonly inception: IsoDate | null;
  /** Series of the market whose part is split off; `null` where none is named. */
  readonly market: string | null;
  /** `null` where only gross returns are asked for. */
  readonly costs: PairCosts | null;
}

/** A workspace as the program reads it: every default decided, every reference checked. */
export interface Workspace {
  /** Absolute path of the folder, for commentary, overrides and output; never shown. */
  readonly dir: string;
  /** Whether the numbers are made up; then every page says so. */
  readonly simulated: boolean;
  readonly brand: {
    readonly name: Localised;
    /** Who stands for the note. */
    readonly responsible: Localised;
  };
  readonly publications: Readonly<Record<string, Publication>>;
  readonly calendars: Readonly<Record<string, ExchangeCalendar>>;
  readonly files: Readonly<Record<string, DataFile>>;
  /** In the order of the configuration. */
  readonly catalogue: readonly CatalogueSeries[];
  /** Lists that somebody keeps by hand; at most one of a kind. */
  readonly declared: readonly DeclaredFile[];
  /** Round numbers watched by `levels`. */
  readonly levels: readonly LevelRule[];
  /** Series scanned by `levels` for their best and worst week. */
  readonly superlatives: readonly string[];
  readonly milestones: readonly MilestoneRule[];
  readonly flows: {
    readonly groups: Readonly<Record<string, FlowGroup>>;
    /** Groups whose shares are compared among themselves, in order. */
    readonly compare: readonly (readonly string[])[];
    /** Whether flows of four weeks are told against assets as an annual rate. */
    readonly annualised: boolean;
    readonly crowding: readonly CrowdingRule[];
    /** Price series of two markets that are held against one another; `null` where none are named. */
    readonly markets: { readonly home: string; readonly abroad: string } | null;
  };
  readonly baskets: Readonly<Record<string, BasketRule>>;
  readonly pairs: Readonly<Record<string, PairRule>>;
  /** Series of the trend and volatility grid. */
  readonly regime: readonly string[];
  readonly conditions: ConditionRules;
  /** `null` where nothing is looked for under a surface. */
  readonly surface: SurfaceRule | null;
  /** `null` where no signals are held against one another. */
  readonly signals: SignalRules | null;
  /** By id, which is also the name of the section that tells of it. */
  readonly countries: Readonly<Record<string, CountryRule>>;
  /** `null` where no narratives are followed. */
  readonly narratives: NarrativeRules | null;
  /** `null` where no sector is in focus. */
  readonly epicentre: EpicentreRule | null;
  /** `null` where no theme is in focus. */
  readonly grid: GridRule | null;
  /** `null` where no hedge funds are followed. */
  readonly hedgeFunds: HedgeFundRules | null;
  /** Relations that quoted numbers must satisfy. */
  readonly checks: readonly CheckRule[];
  readonly quality: QualityRules;
  /** `null` where nothing is mailed. */
  readonly mail: MailRules | null;
  readonly alerts: AlertRules;
}
