"""The words of prompts: each case a script and the exact prompt it becomes."""

import pytest

import promptlang

CAST = """
@Anna = character "anna.png" "anna-side.png": a baker in a flour-dusted apron
@Omar = character "omar.png" "omar-side.png": a courier with a red bag
@Oven = prop "oven.png" "oven-open.png": a brick oven
@Hall = image "hall.png": a tiled hall
"""


def prompts(script: str, target: str) -> list[str]:
    compiled = promptlang.compile(CAST + script, target=target)
    errors = [d for d in compiled.diagnostics if d.is_error]
    assert errors == []
    return [prompt.text for request in compiled.requests for prompt in request.prompts]


CASES = [
    pytest.param(
        "fal/kling-o3-pro",
        "SHOT (5s): wide shot\n  @Anna opens @Oven\n",
        "Wide shot. @Element1 opens @Element2.",
        id="prose is closed, not rewritten",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        'SHOT (5s): wide shot\n  @Anna (whispering): "Not yet."\n',
        'Wide shot. @Element1 whispers: "Not yet."',
        id="a manner that is a verb of speaking becomes the verb",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        'SHOT (5s): wide shot\n  @Anna (in a low voice, in Italian): "Andiamo"\n',
        'Wide shot. @Element1 says, in a low voice, in Italian: "Andiamo".',
        id="a manner and a language",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        'SHOT (5s): wide shot\n  voiceover (softly): "It was morning."\n',
        'Wide shot. Voice-over, softly: "It was morning."',
        id="a voice-over",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        'SHOT (5s): wide shot\n  super: "Day one."\n  A street at dawn.\n',
        'Wide shot. On-screen text: "Day one." A street at dawn.',
        id="text on screen keeps its place",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        "SHOT (5s): wide shot\n  A street.\n  music: no music\n  sound: rain, a tram\n",
        "Wide shot. A street. Sound: rain, a tram. No music.",
        id="silence is said plainly",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        "> dissolve\nSHOT (5s): extreme close-up\n  A street.\n",
        "Dissolve to an extreme close-up. A street.",
        id="a transition runs on into the shot",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        "> fade in\nSHOT (5s): wide shot\n  A street.\n> fade out\n",
        "Fade in from black. Wide shot. A street. Fade out to black.",
        id="the film opens and closes",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        "SHOT (5s): wide shot\n  A street in @Hall.\n  using: @Anna for the face, @Oven\n",
        "Wide shot. A street in @Image1. Use @Element1 for the face and @Element2 for the prop.",
        id="references nobody mentions say what they are for",
    ),
    pytest.param(
        "fal/kling-o3-pro",
        "INT. @Hall - NIGHT\nSHOT (5s): wide shot\n  @Anna waits.\n",
        "Wide shot. @Element1 waits. Interior, @Image1, night.",
        id="the place of a scene can be a picture",
    ),
    pytest.param(
        "mindstudio/kling-o3",
        "SHOT (5s): wide shot\n  @Anna waves to @Omar. @Omar waves back.\n",
        "Wide shot. The baker from the first and second "
        "provided character references waves to the courier "
        "from the third and fourth provided character references. The courier waves back.",
        id="without tokens references are named by their role",
    ),
    pytest.param(
        "fal/kling-v3-pro",
        "SHOT (5s): wide shot\n  @Anna waves. Then @Anna turns.\n",
        "Wide shot. A baker in a flour-dusted apron waves. Then the baker turns.",
        id="without elements they are described, first in full",
    ),
    pytest.param(
        "fal/kling-v3-pro",
        "SHOT (5s): close-up\n  @Anna's hand finds the door. @Anna waits.\n",
        "Close-up. The baker's hand finds the door. A baker in a flour-dusted apron waits.",
        id="what belongs to somebody does not introduce them",
    ),
    pytest.param(
        "kling/o1",
        "@Sue = character: a student with a cello\n"
        "SHOT (5s): rack focus from the door to @Sue\n  @Sue looks up.\n",
        "A student with a cello looks up. Rack focus from the door to the student.",
        id="who is read first is introduced first",
    ),
    pytest.param(
        "pixio/kling-3.0",
        "SHOT (3s): wide shot\n  @Anna waves.\nSHOT (3s): close-up\n  @Anna smiles.\n",
        "Wide shot. The baker in @Element1 waves.|Close-up. @Element1 smiles.",
        id="a noun introduces an element where the page does so",
    ),
    pytest.param(
        "pixio/kling-3.0",
        '@屋台 = place "stall.png": 小さな屋台\nSHOT (3s): wide shot\n  客が@屋台に入る。\n',
        "Wide shot. 客が小さな屋台 (@Element1)に入る。",
        id="a noun of another writing system takes no English preposition",
    ),
    pytest.param(
        "kling/o1",
        "INT. HALL - NIGHT\nmood: tense\nSHOT (5s): medium shot, slow push in\n  @Anna waits.\n",
        "A medium shot of the baker in <<<image_1>>> and <<<image_2>>>.\n"
        "Action: <<<image_1>>> waits.\n"
        "Camera: Medium shot, slow push in.\nEnvironment: Interior, hall, night.\nMood: tense.",
        id="the layered form",
    ),
    pytest.param(
        "kling/o1",
        "INT. HALL - NIGHT\nmood: tense\n> fade in\nSHOT (5s): wide shot\n  @Anna waits.\n"
        "> fade out\n",
        "Fade in from black. A wide shot of the baker in <<<image_1>>> and <<<image_2>>>.\n"
        "Action: <<<image_1>>> waits.\n"
        "Camera: Wide shot.\nEnvironment: Interior, hall, night.\nMood: tense.\n"
        "Fade out to black.",
        id="the layered form of a whole film",
    ),
    pytest.param(
        "kling/o1",
        "INT. HALL - NIGHT\nSHOT (5s): medium shot\n  @Anna waits.\n",
        "The baker in <<<image_1>>> and <<<image_2>>> waits. Interior, hall, night. Medium shot.",
        id="action first where the model wants it",
    ),
    pytest.param(
        "kling/o1",
        '@Take = video "take.mp4"\nEDIT @Take\n  Change the floor to the tiles of @Hall.\n',
        "Keep everything else unchanged, change the floor to the tiles of <<<image_1>>>.",
        id="the edit formula",
    ),
    pytest.param(
        "kling/o1",
        '@Take = video "take.mp4"\nEDIT @Take\n  keep: everything, the logo, the light\n'
        "  remove the cup\n",
        "Keep everything else, the logo and the light unchanged, remove the cup.",
        id="a keep list",
    ),
    pytest.param(
        "kling/o1",
        '@Take = video "take.mp4"\nANGLE ON @Take (5s): over-the-shoulder shot\n  of @Anna\n'
        "  keep: the same grade, the light\n",
        "Based on <<<video_1>>>, generate an over-the-shoulder shot of "
        "the baker in <<<image_1>>> and <<<image_2>>>. "
        "Keep the same grade and light.",
        id="a new angle",
    ),
    pytest.param(
        "kling/o1",
        '@Take = video "take.mp4"\nANGLE ON @Take (5s): slow push in\n  The room is empty now.\n'
        "  keep: the style of @Take\n",
        "Based on <<<video_1>>>, generate a new shot, slow push in. The room is empty now. "
        "Keep the style of <<<video_1>>>.",
        id="a move cannot be asked for alone",
    ),
    pytest.param(
        "kling/o1",
        'SHOT (5s): wide shot\n  A street.\n  sound: rain\n  music: no music\n  @Anna: "Rain."\n',
        'A street. The baker in <<<image_1>>> and <<<image_2>>> says: "Rain." Wide shot. No music.',
        id="a silent model is not told of sounds",
    ),
    pytest.param(
        "kling/o1",
        "INT. HALL - NIGHT\nmood: tense\nSHOT (5s): low angle\n  @Anna waits.\n",
        "A low-angle shot of the baker in <<<image_1>>> and <<<image_2>>>.\n"
        "Action: <<<image_1>>> waits.\n"
        "Camera: Low angle.\nEnvironment: Interior, hall, night.\nMood: tense.",
        id="an angle is the angle of a shot",
    ),
    pytest.param(
        "fal/kling-v3-pro",
        "SHOT (5s): wide shot\n  A street.\n  using: @Anna for the face\n",
        "Wide shot. A street. The face: a baker in a flour-dusted apron.",
        id="a role that only words can fill",
    ),
    pytest.param(
        "kling/o3",
        "COVERAGE OF @Hall (5s)\n  Evening falls.\n",
        "Evening falls. Use <<<image_1>>> for the subject.",
        id="a picture the words do not point at",
    ),
    pytest.param(
        "kling/o1",
        '@Move = video "move.mp4"\nSHOT (5s)\n  @Anna crosses the hall.\n  motion: @Move\n',
        "The baker in <<<image_1>>> and <<<image_2>>> crosses the hall. "
        "Follow the camera movement of <<<video_1>>>.",
        id="a motion reference",
    ),
    pytest.param(
        "kling/o1",
        '@Move = video "move.mp4": a slow lateral track from left to right\n'
        '@Take = video "take.mp4"\nEDIT @Take\n  motion: @Move\n',
        "Keep everything else unchanged, apply this camera movement to <<<video_1>>>: "
        "a slow lateral track from left to right.",
        id="a motion transfer where only one video can be sent",
    ),
]


LEADS = [
    ("wide shot", "A wide shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("slow dolly in", "A shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("static, wide shot", "A wide shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("handheld", "A shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("35mm lens, close-up", "A close-up of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("eye level, wide shot", "A wide shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("low angle", "A low-angle shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    (
        "low-angle wide shot",
        "A low-angle wide shot of the baker in <<<image_1>>> and <<<image_2>>>.",
    ),
    ("orbit around @Anna", "A shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("close-up of @Anna", "A close-up of the baker in <<<image_1>>> and <<<image_2>>>."),
    (
        "POV of @Omar",
        "A point-of-view shot through the eyes of the courier in <<<image_1>>> and <<<image_2>>>.",
    ),
    ("medium shot while rain falls", "A medium shot while rain falls."),
    ("close-up then pan left", "A shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ("wide shot to close-up", "A shot of the baker in <<<image_1>>> and <<<image_2>>>."),
    ('"my own words"', "A shot of the baker in <<<image_1>>> and <<<image_2>>>."),
]


@pytest.mark.parametrize(("terms", "lead"), LEADS)
def test_the_lead_of_the_layered_form_is_a_shot_of_somebody(terms: str, lead: str) -> None:
    scene = "INT. HALL - NIGHT\nmood: tense\n"
    (prompt,) = prompts(f"{scene}SHOT (5s): {terms}\n  @Anna waits.\n", "kling/o1")
    assert prompt.split("\n")[0] == lead


def test_the_lead_introduces_who_is_only_described() -> None:
    script = (
        "@Sue = character: a student with a cello\nINT. HALL - NIGHT\nmood: tense\n"
        "SHOT (5s): wide shot, slow dolly in\n  @Sue tunes up.\n"
    )
    (prompt,) = prompts(script, "kling/o1")
    lead, action, *_ = prompt.split("\n")
    assert lead == "A wide shot of a student with a cello."
    assert action == "Action: The student tunes up."


def test_a_transition_runs_on_into_the_lead_of_the_layered_form() -> None:
    scene = "INT. HALL - NIGHT\nmood: tense\n> dissolve (1s)\n"
    shot = "SHOT (5s): wide shot, slow dolly in\n  @Anna waits.\n"
    (prompt,) = prompts(scene + shot, "kling/o1")
    lead, _, camera, *_ = prompt.split("\n")
    assert (
        lead == "1-second dissolve to a wide shot of the baker in <<<image_1>>> and <<<image_2>>>."
    )
    assert camera == "Camera: Wide shot, slow dolly in."


@pytest.mark.parametrize(("target", "script", "wanted"), CASES)
def test_the_prompt_reads(target: str, script: str, wanted: str) -> None:
    assert "|".join(prompts(script, target)) == wanted
