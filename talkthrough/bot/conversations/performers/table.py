"""Which performer carries out which effect."""

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations.performers import discussing, keeping, revising, rounds, tutoring
from talkthrough.bot.conversations.performers.desk import Performer

PERFORMERS: dict[type, Performer] = {
    f.SeePrivacy: keeping.see_privacy,
    f.AcceptInvitation: keeping.accept,
    f.FindUnits: discussing.find_units,
    f.FindOutcomes: discussing.find_outcomes,
    f.ComposeSitting: revising.compose,
    f.PutQuestion: revising.put_question,
    f.PutQuestionAfter: revising.put_after,
    f.CheckAnswer: revising.check,
    f.Overrule: revising.overrule,
    f.UndoAnswer: revising.undo,
    f.FlagQuestion: revising.flag,
    f.EndSitting: revising.end,
    f.FindWaitingDiscussion: discussing.find_waiting,
    f.PlanDiscussion: discussing.plan,
    f.BeginDiscussion: discussing.begin,
    f.TakeTurn: discussing.take_turn,
    f.ResumeDiscussion: discussing.resume,
    f.PauseDiscussion: discussing.pause,
    f.KeepEdit: discussing.keep_edit,
    f.KeepVoice: discussing.keep_voice,
    f.RateDiscussion: discussing.rate,
    f.MakeDraft: discussing.make_draft,
    f.MakeLog: discussing.make_log,
    f.ReleaseLog: discussing.release,
    f.ShowProgress: keeping.show_progress,
    f.FindReleasedLogs: tutoring.find_released_logs,
    f.OpenReleasedLog: tutoring.open_released_log,
    f.ShowSettings: keeping.show_settings,
    f.ChangeSetting: keeping.change_setting,
    f.ReadDate: keeping.read_date,
    f.ShowSpecification: tutoring.show_specification,
    f.AddSpecification: tutoring.add_specification,
    f.SendMyData: keeping.send_my_data,
    f.Forget: keeping.forget,
    **rounds.PERFORMERS,
}
