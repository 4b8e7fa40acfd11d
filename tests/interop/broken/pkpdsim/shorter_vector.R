library(PKPDsim)

# notice: Calculated from entered data; not an order. A qualified person checks every dose.
# program: posology 0.1.0
# generated: 2026-11-21T09:00:00Z
# study: NPC-1
# subject: S-014
# regimen: npc-liposomal-irinotecan-nituzumab
# regimen_name: Liposomal irinotecan + nituzumab
# regimen_version: 1
# regimen_status: draft
# regimen_sha256: d80eef9f3811d63f432dc664f8b81c2236246bb461eb7bb726b24c6a055b978d
# trial: unknown
# cycles: up to 8 cycles
# cycles_planned: 8
# height: 170 cm
# weight: 65 kg
# bsa: 1.75 m2
# bsa_formula: mosteller
# bmi: 22.5 kg/m2
# start: 2026-12-07
# unverified_count: 7
# unverified: cycle: next
# unverified: cycle: window
# unverified: body: bsa
# unverified: body: bsa_places
# unverified: body: recalculate
# unverified: body: weight
# unverified: irinotecan: round
# finding: NOTE draft: This regimen file is a draft: nobody has approved it for use.
# finding: NOTE unverified: 7 values are unverified: cycle: next; cycle: window; body: bsa; body: bsa_places; body: recalculate; body: weight; irinotecan: round.
# finding: NOTE count: At most 8 cycles; treatment ends earlier on disease progression, intolerable side effects, investigator's decision. Only cycle 1 is certain.

# irinotecan liposomal, mg; times in hours since the first dose of the plan
drug_1 <- new_regimen(
  amt = c(123, 123, 123, 123, 123, 123, 123, 123),
  times = c(0, 336, 672, 1008, 1344, 1680, 2016, 2352),
  type = c("infusion", "infusion", "infusion", "infusion", "infusion", "infusion", "infusion"),
  t_inf = c(1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5)
)

# nimotuzumab, mg; times in hours since the first dose of the plan
drug_2 <- new_regimen(
  amt = c(400, 400, 400, 400, 400, 400, 400, 400),
  times = c(0, 336, 672, 1008, 1344, 1680, 2016, 2352),
  type = c("bolus", "bolus", "bolus", "bolus", "bolus", "bolus", "bolus", "bolus"),
  t_inf = c(0, 0, 0, 0, 0, 0, 0, 0)
)
