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
    "name_same": 5.0,
    "name_same_common": 3.5,
    "name_sound": 3.5,
    "name_near": 2.0,
    "name_one_wrong": 0.0,
    "name_part": 1.0,
    "name_title": 0.5,
    "name_kin": -1.0,
    "name_parent": -8.0,
    "name_differs": -6.0,
    "id_same": 12.0,
    "id_slip": 8.0,
    "id_fits": 8.0,
    "id_tail": 6.0,
    "id_differs": -10.0,
    "id_differs_unsure": -6.0,
    "id_part_differs": -6.0,
    "phone_same": 3.0,
    "phone_slip": 3.0,
    "phone_fits": 2.5,
    "phone_differs": -1.5,
    "born_same": 5.0,
    "born_near": 2.0,
    "born_differs": -6.0,
    "sex_same": 0.7,
    "sex_differs": -4.0,
    "door_same": 2.0,
    "place_same": 0.5,
    "door_differs": -1.5,
    "place_differs": -3.0,
    "community_same": 0.5,
    "community_differs": -3.0,
    "origin_same": 0.7,
    "origin_differs": -2.0,
    "arrived_same": 0.8,
    "arrived_near": 0.5,
    "arrived_differs": -2.0,
    "resident_same": 10.0,
    "resident_differs": -8.0,
}
PRIOR = -3.0
"""log2 of the odds that two sightings which share a key of `blocking` are one person's."""
JOIN_AT = 4.0
ASK_AT = 0.0
