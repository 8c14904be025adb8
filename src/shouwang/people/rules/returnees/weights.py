"""How much each thing that two sightings have in common, or not, says: log2 of how many times likelier it is among
sightings of one person than among sightings of two who have something in common (Fellegi and Sunter).

Fitted by ``shouwang bench returnees --fit`` on the training part of the generated set alone, then rounded; what is
rare there was set by hand and is marked so.
"""

# Beyond what it weighs, a contradiction keeps two sightings from being joined by themselves, whatever else agrees.
CONTRADICTIONS = frozenset(
    {
        "id_differs", "id_differs_unsure", "id_part_differs", "born_differs", "sex_differs", "resident_differs",
        "name_parent", "name_differs",
    }
)  # fmt: skip

WEIGHTS = {
    "name_same": 5.5,
    "name_same_common": 4.0,
    "name_sound": 2.5,
    "name_sound_short": 2.5,
    "name_near": -1.5,
    "name_one_wrong": -2.5,
    "name_part": 2.0,
    "name_title": 1.5,
    "name_kin": -1.0,
    "name_parent": -8.0,
    "name_differs": -9.5,
    "id_same": 12.0,
    "id_slip": 10.0,
    "id_fits": 10.0,
    "id_tail": 4.5,
    "id_differs": -12.0,
    "id_differs_unsure": -5.5,
    "id_part_differs": -5.5,
    "phone_same": 4.0,
    "phone_slip": 4.0,
    "phone_fits": 3.5,
    "phone_differs": -1.5,
    "born_same": 6.0,
    "born_near": -2.0,
    "born_differs": -10.0,
    "sex_same": 0.5,
    "sex_differs": -6.5,
    "door_same": 1.5,
    "place_same": 0.5,
    "door_differs": -3.0,
    "place_differs": -2.0,
    "community_same": 2.5,
    "community_differs": -4.5,
    "origin_same": 1.5,
    "origin_differs": -3.0,
    "arrived_same": 2.0,
    "arrived_near": -0.5,
    "arrived_differs": -3.5,
    "resident_same": 12.0,
    "resident_differs": -10.0,
}
PRIOR = -2.5
"""log2 of the odds that two sightings which share a key of `blocking` are one person's."""
JOIN_AT = 4.0
ASK_AT = 0.0
